"""The English that the phrasing is sure of. A word that is missing here is never guessed at: the text is quoted."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


VERBS = _set("""
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

VERBS_MOSTLY = _set("""
close finish focus hit hold land launch lead leave look move pass pay push reach rely run ship show sign sleep split
start step stop survive switch talk train transfer transition travel turn wait walk work
""")
"""Verbs unless a noun follows that makes them its first half ("work permit"), or "of"."""

VERBS_BEFORE_NOUNS = _set("""
block boost cap change control cover cut decrease defend delay delegate double drop end escalate exchange fix freeze
gain grant halve help increase lift limit merge offer pause raise repay reuse share shift speed support swap trade
treble triple update upgrade
""")
"""Verbs where an object follows ("raise prices"), nouns before a preposition ("raise of 15 %")."""

MEASURES = _set("block boost cap cut decrease double drop end fix freeze halve increase lift raise treble triple")
"""Of these, verbs before any object: "cut price", but "support team"."""

NOUNS_FIRST = _set("""
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

VERBS_OR_HALVES = _set("""
answer check design document estimate finance fund host measure monitor plan process purchase refund release request
research reserve review store supply target test track visit
""")
"""Of these, before a bare noun, either a verb or the first half of a noun: "plan capacity", "test coverage"."""

AVERSE = _set("lose miss fail slip waste suffer risk fear break overrun overpay blame skip worry")
"""What nobody aims at: who writes "losing the account" names a fear."""

BURDENS = _set("""
anxiety blame burden burnout chaos churn competition complaint complaints conflict conflicts cost costs debt delay
delays failure fear fears gap gaps issue issues loss losses overtime pain penalties penalty pressure pressures problem
problems risk risks shame shortage stress strike strikes threat threats turnover worries worry
""")
"""What weighs on a side; nobody needs it."""

ANY_VERB = VERBS | VERBS_MOSTLY | VERBS_BEFORE_NOUNS | NOUNS_FIRST

DETERMINERS = _set("a an the my our your his her its their this that these those every each all both any some another")
DEMONSTRATIVES = _set("that this these those")
OBJECTS = _set("me us you him them it everyone everybody someone anybody")
SUBJECTS = _set("i we you they he she")
PREPOSITIONS = _set("""
about above across after against along among around as at before behind below between beyond by despite down during
except for from in inside instead into like near of off on onto out outside over past per plus since through
throughout till to towards under until up upon versus via vs with within without
""")
INTERJECTIONS = _set(
    "im ive thats yes yeah yep nope ok okay well thanks hello hi hey sure sorry please haha lol oh wow maybe"
)
LINKS = _set("and or but so because if when while unless where whether than then that who which whose what how why nor")
QUANTITIES = _set("""
double eight eleven enough few fewer fifty first five forty four half hundred less many more most much nine no one
second seven several six ten third thirty thousand three twelve twenty two zero
""")
ADVERBS = _set("""
absolutely actually again already also always badly certainly clearly currently definitely desperately elsewhere
eventually finally fully immediately instead just mainly maybe mostly never now offline often once online only perhaps
possibly primarily probably quickly quietly rarely really reliably remotely safely seriously simply smoothly soon
still today together tomorrow truly twice upfront urgently usually
""")
FINITE = _set("""
're 's am appears are aren't can can't cannot could couldn't didn't does doesn't don't had hadn't has hasn't have
haven't is isn't looks may might must mustn't needs seems shall should shouldn't sounds wants was wasn't were weren't
will won't would wouldn't
""")
"""Words that make a clause of what stands before them."""
MODALS = _set("can can't cannot could couldn't will won't would wouldn't should shouldn't must may might shall mustn't")

GERUND_NOUNS = _set("""
buying developing growing hiring including learning living negotiating onboarding outsourcing reading selling settling
speaking spending understanding writing
""")
"""As often nouns as verbs: "hiring freeze"."""

COUNTABLE = _set("""
account advance agenda agreement allowance amendment answer apartment apology appraisal approach arrangement
assessment assistant assurance backlog balance base benchmark bonus breakthrough budget buffer building bundle buyer
calendar call campaign cap career case certificate chance change check-in checkpoint clause client coach colleague
commission commitment committee compensation-plan compromise concession condition conference contract contribution
conversation course credit customer cut date day deadline deal decision decrease demo department deposit designer desk
developer digest direction discount document employee engineer estimate event exception exchange exit expert
explanation extension feature fee fix flag flat forecast forum framework freelancer freeze friend fund garden goal
grant group guarantee guideline handover hire hotline house incentive increase increment interview invoice job kickoff
kitchen kpi landlord laptop launch lawyer lead leader lease letter licence license limit line list loan lock-in logo
loi lounge machine manager mandate margin meeting mentor metric migration milestone model mou move msa name nda
newsletter note offer office option order outcome outlook overview owner package part partner partnership path payback
penalty percentage perk permit person phase pilot pipeline place plan platform poc policy portfolio position premium
presentation price process product profile program programme project promise promotion proposal prospect prototype
provision quarter question quota quote raise rate rebate receipt recommendation record reduction reference referral
refund relationship release reminder renewal repair replacement report representative request reserve resource
response result retainer review reward rfp rise risk roadmap role room roster rota round route rule sabbatical salary
sale sample saving scale schedule scheme seat session shift showcase signature site sla slot solution sow space spare
spec specialist specification sponsor sprint stake standard standup statement step stipend story strategy structure
subsidy successor summary supplier surcharge survey swap sync system target task team template tenant term test
testimonial threshold ticket timeline title tool topic track trainer transition trial trip turnaround unit update
upgrade variant vendor version visit voice voucher wage warning warranty way webinar website week weekend win window
workflow workload workshop workspace year
""")
"""Singular nouns that want an article."""

COMMON_NOUNS = _set("""
ability acceptance access accountability acknowledgement adoption advice alignment appreciation approval assets
attention attribution authority autonomy availability awareness backlog bandwidth benefits board boss business
capacity care cash cash-flow cashflow certainty childcare churn clarity cleanliness clients closure coaching
collaboration comfort communication compensation competence competitiveness compliance confidence confidentiality
consistency continuity control coordination costs coverage credibility customer customers data defence defense
deliveries delivery demand dignity documentation downtime earnings efficiency employees employment end engineers
equality equipment equity exclusivity experience expertise exposure fairness families family features feedback finance
flexibility flow focus freedom fun funding furniture goods growth happiness hassle headcount health heating help
holidays honesty hosting hours housing implementation incidents income independence information infrastructure
innovation input insight insights insulation integration integrity interest investment investors invoices involvement
justice kindness knowledge labor labour latency leadership leads leave legal leverage liability lighting liquidity
logistics loyalty machines maintenance management mandates margins market meetings money months morale motivation
notice numbers on-call onboarding operations opportunity orders ownership parking parts patience pay payment payments
payroll peace people performance permission planning power predictability prepayment prestige prices pricing pride
privacy productivity profit profitability profits progress proof protection publicity quality quiet reassurance
recognition recruitment references release reliability relief rent reporting reputation resources respect
responsibility responsiveness rest retention revenue revenues rights roi routes routine safety sales satisfaction
savings scope security service services shares sharing shelf shipping sign-off simplicity skills sleep software
sourcing space spare-parts speed stability staff staffing status stock storage success supply support sustainability
targets tax taxes terms tickets time timing traceability traffic training transparency transport trust turnover
understanding units uplift uptime usage use users utilisation utilization vacancy value visibility volume volumes
warehousing warmth weekends weeks work work-life years
""")

NOUNS = COUNTABLE | GERUND_NOUNS | BURDENS | COMMON_NOUNS

ADJECTIVES = _set("""
academic accessible accurate active additional adequate adult affordable agile agreed alternative ample annual
appropriate artistic automatic available average balanced basic better big bigger bilateral binding bold bright broad
broader busy calm calmer careful central certain cheap cheaper civil classic clean clear clearer close closer
colourful comfortable commercial common compact competitive complete complex compliant conditional confidential
consistent constant contractual cooperative corporate correct cost-effective creative critical cultural current custom
daily decent dedicated deep deeper defined dependable detailed different digital direct diverse domestic double dual
due durable earlier early easier easy economic efficient elegant emotional empty enjoyable equal equitable essential
ethical even eventual everyday exact excellent exciting exclusive existing expensive experienced expert external extra
fair fairer fantastic fast faster favourable final financial firm first fitting five-year fixed flexible foreign
formal forward four-day frank free frequent fresh friendly full full-time functional funded further future general
generous gentle genuine global good gradual grand great green gross growing guaranteed half handy happy hard healthier
healthy helpful high higher historic holistic honest hourly human hybrid ideal immediate important improved
independent individual industrial informal initial innovative instant intelligent intensive interesting intermediate
internal international joint key large larger lasting late later lean legal legitimate less light lighter limited
little lively local logical long long-term longer loose loud lovely low lower lowest loyal lucrative main major
manageable mandatory manual married maternity mature max maximum meaningful measurable mid-term mild min minimal
minimum minor mixed mobile moderate modern modest modular monthly multi-year mutual named narrow national natural
nearby neat necessary net neutral new next nice non-binding non-exclusive normal numerous obvious occasional official
old-fashioned one-off one-time one-year ongoing open operational optimal optional ordinary organic original outdoor
outside overall paid parental part-time partial particular paternity peaceful permanent perpetual personal physical
pleasant polite popular positive possible potential powerful practical precise predictable preferred premium prepaid
prestigious previous primary principal prior private proactive productive professional profitable promising prompt
proper proven provisional prudent public pure qualified quarterly quick quicker quiet quieter rapid rare ready real
realistic reasonable recurring reduced regional regular relevant reliable remote renewed repeat respectful responsive
rich right robust rolling rough royal safe safer same satisfied scalable scheduled seamless secondary selective
semi-annual senior separate serious severe short short-term shorter shorter-term significant simple simpler sincere
single skilled slow slower small smaller smooth smoother social soft sole solid sophisticated sound spacious spare
special specific speedy stable staged standard standard-issue steady straight strategic stress-free strict strong
stronger structured subtle successful sufficient suitable sunny supportive sustainable sweet swift tangible targeted
tax-free temporary tentative thorough thoughtful tight tighter timely top top-tier total tough traditional
transferable transitional transparent triple trouble-free true trusted two-way two-year typical ultimate unconditional
unified unique universal unlimited unpaid upfront urgent usable useful usual valid valuable variable verbal viable
virtual visible vital volume-based voluntary warm weak weekly well-defined wide wider win-win wireless working
worldwide written yearly zero-downtime
""")

OUTCOMES = _set("""
agreement alignment approval autonomy balance capacity certainty clarity closure compliance confidence consistency
continuity control cut deadline decrease delivery discount efficiency equality exclusivity extension fairness
flexibility growth increase increment independence margin margins payback predictability price prices pricing
productivity profit profitability profits progress promotion quality raise rate rates rebate recognition reduction
reductions reliability renewal rent result results retention return revenue revenues rise roi safety salary
satisfaction saving savings security settlement speed stability success sustainability target targets terms
transparency trust turnaround turnover uptime utilisation utilization visibility workload
""")
"""What one can be said to achieve; of other things we say "my goal is"."""

HALF_NOUNS = _set("""
agreement area balance book budget center centre clause contract control council culture cut cuts date day days deal
desk environment equality equity ethic experience fee fees freeze gap grade group hours increase letter level life
line list management manager market model note notice number numbers option options order package parity path payment
penalty period permit place plan point policy position price procedure process program programme progression raise
range rate request requests review rise schedule scheme service share shift site slip space speed stability staff
structure system team term terms time times transparency visa week year
""")
"""After a word that may be either, these make it the first half of a noun: "work permit", "release date"."""

PARTICIPLES = _set("""
accepted achieved acknowledged added adjusted agreed approved assigned automated booked built cancelled capped
certified changed cleared closed completed confirmed covered credited cut deferred delivered deployed documented done
extended filled finalised finalized finished fixed freed frozen funded granted guaranteed honoured implemented
improved included increased installed integrated invoiced kept launched lifted locked lowered made met migrated moved
paid planned postponed processed promoted protected published raised reached recognised recognized reduced refunded
released removed renewed repaired replaced reported resolved respected restored reviewed rolled scheduled secured sent
settled shared shipped shortened signed signed-off solved sorted staffed started tested tied trained transferred
updated upgraded used waived
""")

PEOPLE = _set("""
accountant adviser agent analyst applicant assistant board boss buyer candidate ceo cfo chairman client coach
colleague committee company competitor contractor coo council cto customer daughter department designer developer
director doctor employee employer engineer executive father friend guest hr husband intern investor landlord lawyer
lead leader leadership legal management manager mentor mother neighbor neighbour owner parent partner person president
principal procurement recruiter rep seller shareholder sister son specialist sponsor staff student supervisor supplier
team tenant trainee union user vendor wife worker
""")
PLURAL_PEOPLE = _set("""
board boards bosses buyers candidates children clients colleagues committee companies company competitors consumers
contractors crew customers designers developers drivers employees engineering engineers executives families family
finance founders friends guests hr investors kids leaders leadership legal management managers marketing members
nurses ops parents partners people procurement qa reps residents sellers shareholders shops staff stakeholders stores
students subcontractors suppliers teachers team teams tenants union users vendors workers
""")
"""Whom "they" could mean."""

SINGULAR_IN_S = _set("""
access across address always analysis as basis besides bonus boss business campus class cross discuss express focus
gas gross guess has his is its less loss mass needs news pass perhaps plus press process progress regardless series
status stress success surplus thanks this thus towards unless us wants was weakness yes
""")
"""Words in -s that are no plural."""

BY_PEOPLE_ONLY = _set("""
answer ask avoid budget build buy celebrate choose commit decide defend explain feel focus forecast get give go have
hire invest justify keep know learn look make manage meet need negotiate order pay plan present promise protect prove
relax report save sell show sign sleep spend stay stop take tell train trust want win
""")
"""What only people do: "so they can plan" does not speak of orders."""

ATTAINMENTS = _set("""
avoid become close deliver earn finish gain get grow hit keep launch leave lower meet own pay reach receive reduce
retain save secure ship sign stay stop win work
""")
"""After "I" these may be wishes as they stand: "I get a raise"."""

STATIVE = _set("""
appreciate be believe care doubt enjoy expect fear feel forget guess hate hear hope know like look love mean mind need
owe prefer require say see sound think trust understand value wait want wish wonder worry
""")
"""What "I" do without proposing it: "I need more water"."""

PAST = _set("""
asked became brought came did felt found gave got had heard knew left made met paid said saw sent sold spoke thought
told took understood used wanted was went were won wrote
""")

STATES = _set("be stay remain become end stop start continue")
"""What a thing itself can be wanted to do: "the contract to be signed"."""

TOGETHER = _set("""
agree align arrange co-develop combine continue create define develop discuss divide draft establish exchange explore
extend include join keep launch meet merge move organise organize phase pilot plan prioritise prioritize renegotiate
renew reschedule review run schedule set share sign split start stay stick swap test trade try use work
""")
"""What two sides do together: of these "we" is no guess."""

TAKES_TWO = _set("""
allow allows ask asks bring buy cost costs get gets give gives giving grant help helps let lets make makes offer
offers pay pays promise save send show shows teach tell tells win wins
""")
"""After these "her" may be the one who receives: "give her time"."""

NAMES_TOO = _set("bill chase drew frank grace grant hope jack mark pat may rob rose sue will art")
"""Verbs that are also given names."""

FOREIGN = _set("""
aber alla alle auf aus avec bei beim che chez como dans das dei del della dem der egy ein eine einem einen einer el
elle ett für het hogy ich ihr il ils ist jag je jest kein keine la las le les leur los mais mehr meu mit más nach nao
nein nella nem nicht niet noch nosotros notre nous och oder ohne para pela pelo perché pero por pour puis quand que
quer qui quiero rien sans sein seine sich sie sind som sulla så tutto tylko una und une uns unser unsere voglio vom
voor vor votre vous wir wird zu zum zur że
""")
"""Little words of other languages: where one stands, our grammar does not hold."""

CALENDAR = _set("""
april august christmas december easter february friday january july june march may monday november october saturday
september sunday thursday tuesday wednesday
""")

WORDS = frozenset().union(
    *(VERBS, VERBS_MOSTLY, VERBS_BEFORE_NOUNS, NOUNS_FIRST, NOUNS, ADJECTIVES, ADVERBS, OUTCOMES, HALF_NOUNS),
    *(PARTICIPLES, PEOPLE, PLURAL_PEOPLE, CALENDAR, AVERSE, DETERMINERS, QUANTITIES, OBJECTS, SUBJECTS, PREPOSITIONS),
    *(LINKS, FINITE, _set("not i i'm it's yes minus percent now need want nothing everything like would")),
)
"""Everything known, for telling a common word from a name."""

NOUN_ENDINGS = ("ability", "ance", "ence", "ibility", "ity", "ment", "ness", "ship", "tion")
COMMON_ENDINGS = (*NOUN_ENDINGS, "able", "ful", "fully", "ively", "less", "lessly")
"""A word with one of these endings is English, whatever it is."""
