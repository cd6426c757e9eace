"""Verbs, sorted by how sure one can be that they are verbs."""

from bot.coaching.phrasing.words import word_set

VERBS = word_set("""
accelerate accept accommodate accompany achieve acknowledge acquire activate adapt add adjust admit adopt advertise
advise agree align allocate allow amend analyse analyze announce anticipate apologise apologize apply appoint approve
arrange ask assess assign assist assure attach attend attract authorise authorize automate avoid await be bear beat
become begin believe bind borrow bring broaden build buy calculate cancel capture carry catch celebrate centralise
centralize choose clarify collaborate collect combine come commit communicate compare compensate compete compile
complain complete comply conclude conduct configure confirm connect consider consolidate construct consult contain
continue contribute convert convince cooperate coordinate create cross-sell curb cure customise customize decide
declare decommission decouple dedicate deduct deepen defer define delete deliver demonstrate depend deploy deprecate
descope deserve detach determine develop devote disclose discover discuss dispatch distribute diversify divide do
donate downsize duplicate earn ease eliminate embed embrace employ empower enable encourage endorse enforce engage
enhance enjoy enlarge enrich enrol ensure enter equip escape establish evaluate evolve examine exceed exclude execute
exist expand expect expedite explain explore extend extract facilitate feel finalise finalize find fit follow forget
formalise formalize foster fulfil fulfill gather generate get give go grow guard handle happen harmonise harmonize
have hear highlight hire identify implement impose impress improve incentivise incentivize include incorporate inform
initiate innovate insist inspect inspire install instruct insure integrate intensify introduce invest investigate
invite involve isolate join justify keep know learn lend let lighten listen live localise localize lose maintain make
manage maximise maximize mediate meet migrate minimise minimize mitigate mobilise modernise modernize modify monetise
monetize motivate negotiate nurture observe obtain offboard offload offset onboard operate optimise optimize organise
organize outperform outsource overcome oversee participate perform persist persuade possess postpone predict prepare
prepay prepone preserve prevent prioritise prioritize proceed procure prolong promote propose protect prove provide
publish pursue put qualify quantify quit read realise realize reassure rebalance rebuild receive recognise recognize
reconcile reconsider recoup recover recruit rectify redesign redistribute redo reduce refactor refer refinance refine
refuse regain regulate reimburse reinforce reinstate reinvest reject relax relieve relocate remain remind remove
renegotiate renew reopen reorganise reorganize repair replace repurpose reschedule rescope resell reshape resist
resolve respond restart restock restore restructure resume retain rethink retire retrain retry reveal revise revisit
revive reword rewrite ring-fence roll rotate save scrap secure see seek select sell send serve settle sharpen shield
shorten shrink simplify skip slip soften solve speak specialise specialize specify spend squeeze stabilise stabilize
stagger standardise standardize stay stick stimulate streamline strengthen strive submit subscribe succeed supervise
suspend sustain synchronise tackle tailor take teach tell terminate think tidy tighten tolerate transform transmit
treat trim try unblock understand undertake unify unlock uphold upsell upskill urge use utilise utilize vacate
validate vary verify waive widen win wind withdraw withhold withstand write
""")
"""Base forms that cannot be anything else at the head of a phrase."""

VERBS_MOSTLY = word_set("""
close finish focus hit hold land launch lead leave look move pass pay push reach rely run ship show sign sleep split
start step stop survive switch talk train transfer transition travel turn wait walk work
""")
"""Verbs unless a noun follows that makes them its first half ("work permit"), or "of"."""

VERBS_BEFORE_NOUNS = word_set("""
block boost cap change control cover cut decrease defend delay delegate double drop end escalate exchange fix freeze
gain grant halve help increase lift limit lock merge offer pause raise repay reuse share shift speed support swap trade
treble triple update upgrade
""")
"""Verbs where an object follows ("raise prices"), nouns before a preposition ("raise of 15 %")."""

MEASURES = word_set("""
block boost cap cut decrease double drop end fix freeze halve increase lift lock raise treble triple
""")
"""Of these, verbs before any object: "cut price", but "support team"."""

NOUNS_FIRST = word_set("""
access answer balance base benchmark benefit budget buffer bundle call challenge charge check claim clean clear coach
contract correct cost credit damage deal debate demand design discount document downgrade draft estimate expense
experiment fill finance fund guarantee guide host influence input interview invoice lease level leverage license link
list load log lower map mark market match measure mentor mix model monitor name open order outline own pace
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

PHRASAL = frozenset(
    {
        "back up",
        "clear up",
        "cut back",
        "free up",
        "hand off",
        "hand over",
        "line up",
        "lock in",
        "map out",
        "open up",
        "phase in",
        "phase out",
    }
    | {"pick up", "ramp up", "scale back", "scale down", "scale up", "set up", "sort out", "team up"}
)
"""Verbs by their second word, though the first alone might be a noun."""

AVERSE = word_set("blame break fail fear lose miss overpay overrun risk skip slip suffer waste worry")
"""What nobody aims at: who writes "losing the account" names a fear."""

STATIVE = word_set("""
appreciate be believe care deserve doubt enjoy expect fear feel forget guess hate hear hope know like look love mean
mind need owe prefer require say see sound think trust understand value wait want wish wonder worry
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

GRANTS = word_set("allow approve authorise authorize grant")
"""Of what is mine, only the other side can do this: "approve my leave"."""

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
