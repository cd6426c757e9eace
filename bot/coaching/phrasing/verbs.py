"""Verbs, sorted by how sure one can be that they are verbs."""

from bot.coaching.phrasing.words import word_set

VERBS = word_set("""
accelerate accept accommodate achieve acquire adapt add adjust adopt agree align allocate allow amend announce apply
appoint approve arrange ask assess assign assure attend attract automate avoid be become begin believe bring build buy
calculate cancel carry catch celebrate choose clarify collaborate collect combine come commit communicate compensate
complain complete comply conclude confirm connect consider consolidate construct continue convert convince cooperate
coordinate create cure decide decommission defer define deliver demonstrate deploy deprecate detach determine develop
discuss distribute diversify divide do earn ease eliminate embed empower enable encourage enforce engage enhance enjoy
enlarge ensure enter establish evaluate exceed exclude execute exist expand expect explain explore extend facilitate
feel finalise finalize find fit follow forget formalise formalize fulfil fulfill gather get give go grow guard handle
happen have hear hire identify implement improve include inform innovate insist inspire install integrate introduce
invest invite involve join justify keep know learn let listen live localise localize lose maintain make manage
maximise maximize meet migrate minimise minimize modernise modernize monetise monetize motivate negotiate obtain
offboard offset onboard optimise optimize organise organize outsource overcome participate perform persuade postpone
prepare preserve prevent prioritise prioritize promote protect prove provide publish put qualify read realise realize
rebalance rebuild receive recognise recognize recover recruit redesign redistribute reduce refactor refinance refuse
regain reinvest reject relocate remain remove renegotiate renew reopen repair replace reschedule resolve respond
restore restructure retain retire revise rewrite ring-fence roll rotate save secure see sell send serve settle sharpen
shorten simplify skip slip solve speak specialise specialize spend stabilise stabilize standardise standardize stay
stick streamline strengthen submit succeed sustain take teach tell terminate think transform treat trim try unblock
understand unify unlock use utilise utilize validate verify waive widen win withdraw write
""")
"""Base forms that cannot be anything else at the head of a phrase."""

VERBS_MOSTLY = word_set("""
close finish focus hit hold land launch lead leave look move pass pay push reach rely run ship show sign sleep split
start step stop survive switch talk train transfer transition travel turn wait walk work
""")
"""Verbs unless a noun follows that makes them its first half ("work permit"), or "of"."""

VERBS_BEFORE_NOUNS = word_set("""
block boost cap change control cover cut decrease defend delay delegate double drop end escalate exchange fix freeze
gain grant halve help increase lift limit merge offer pause raise repay reuse share shift speed support swap trade
treble triple update upgrade
""")
"""Verbs where an object follows ("raise prices"), nouns before a preposition ("raise of 15 %")."""

MEASURES = word_set("""
block boost cap cut decrease double drop end fix freeze halve increase lift raise treble triple
""")
"""Of these, verbs before any object: "cut price", but "support team"."""

NOUNS_FIRST = word_set("""
access answer balance base benchmark benefit budget buffer bundle call challenge charge check claim clean clear coach
contract correct cost credit damage deal debate demand design discount document downgrade draft estimate expense
experiment fill finance fund guarantee guide host influence input interview invoice lease level leverage license link
list load lock log lower map mark market match measure mentor mix model monitor name open order outline own pace
package paint pair phase pick pilot place plan position post present price process profit progress project promise
pull purchase question quote rate rebate record reference refund release remedy rent report request rescue research
reserve reset respect rest return review reward rework risk schedule score seal search set shape slow source spread
staff stage stock store stress structure study supply survey taper target task test tie time top touch track trial
trigger trust value visit voice vote
""")
"""Verbs only before an article or a pronoun: "price the work", but "price stability"."""

VERBS_OR_HALVES = word_set("""
answer check design document estimate finance fund host measure monitor plan process purchase refund release request
research reserve review store supply target test track visit
""")
"""Of these, before a bare noun, either a verb or the first half of a noun: "plan capacity", "test coverage"."""

ANY_VERB = VERBS | VERBS_MOSTLY | VERBS_BEFORE_NOUNS | NOUNS_FIRST

AVERSE = word_set("blame break fail fear lose miss overpay overrun risk skip slip suffer waste worry")
"""What nobody aims at: who writes "losing the account" names a fear."""

STATIVE = word_set("""
appreciate be believe care doubt enjoy expect fear feel forget guess hate hear hope know like look love mean mind need
owe prefer require say see sound think trust understand value wait want wish wonder worry
""")
"""What "I" do without proposing it: "I need more water"."""

PAST = word_set("""
asked became brought came did felt found gave got had heard knew left made met paid said saw sent sold spoke thought
told took understood used wanted was went were won wrote
""")

STATES = word_set("be become continue end remain start stay stop")
"""What a thing itself can be wanted to do: "the contract to be signed"."""

ATTAINMENTS = word_set("""
avoid become close deliver earn finish gain get grow hit keep launch leave lower meet own pay reach receive reduce
retain save secure ship sign stay stop win work
""")
"""After "I" these may be wishes as they stand: "I get a raise"."""

TOGETHER = word_set("""
agree align arrange co-develop combine continue create define develop discuss divide draft establish exchange explore
extend include join keep launch meet merge move organise organize phase pilot plan prioritise prioritize renegotiate
renew reschedule review run schedule set share sign split start stay stick swap test trade try use work
""")
"""What two sides do together: of these "we" is no guess."""

TAKES_TWO = word_set("""
allow allows ask asks bring buy cost costs get gets give gives giving grant help helps let lets make makes offer
offers pay pays promise save send show shows teach tell tells win wins
""")
"""After these "her" may be the one who receives: "give her time"."""

BY_PEOPLE_ONLY = word_set("""
answer ask avoid budget build buy celebrate choose commit decide defend explain feel focus forecast get give go have
hire invest justify keep know learn look make manage meet need negotiate order pay plan present promise protect prove
relax report save sell show sign sleep spend stay stop take tell train trust want win
""")
"""What only people do: "so they can plan" does not speak of orders."""

NAMES_TOO = word_set("art bill chase drew frank grace grant hope jack mark may pat rob rose sue will")
"""Verbs that are also given names."""

PARTICIPLES = word_set("""
accepted achieved acknowledged added adjusted agreed approved assigned automated booked built cancelled capped
certified changed cleared closed completed confirmed covered credited cut deferred delivered deployed documented done
extended filled finalised finalized finished fixed freed frozen funded granted guaranteed honoured implemented
improved included increased installed integrated invoiced kept launched lifted locked lowered made met migrated moved
paid planned postponed processed promoted protected published raised reached recognised recognized reduced refunded
released removed renewed repaired replaced reported resolved respected restored reviewed rolled scheduled secured sent
settled shared shipped shortened signed signed-off solved sorted staffed started tested tied trained transferred
updated upgraded used waived
""")

MODALS = word_set("""
can can't cannot could couldn't may might must mustn't shall should shouldn't will won't would wouldn't
""")

FINITE = word_set("""
're 's am appears are aren't can can't cannot could couldn't didn't does doesn't don't had hadn't has hasn't have
haven't is isn't looks may might must mustn't needs seems shall should shouldn't sounds wants was wasn't were weren't
will won't would wouldn't
""")
"""Words that make a clause of what stands before them."""
