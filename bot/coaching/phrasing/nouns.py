"""Nouns and people, and how they look."""

from bot.coaching.phrasing.words import word_set

GERUND_NOUNS = word_set("""
buying developing hiring including learning living negotiating onboarding outsourcing reading selling settling
speaking spending understanding writing
""")
"""As often nouns as verbs: "hiring freeze"."""

COUNTABLE = word_set("""
account advance agenda agreement allocation allowance amendment answer apartment apology application appointment
appraisal approach arrangement assessment assignment assistant assurance backlog balance base benchmark bonus boost
breakthrough budget buffer building bundle buyer calendar call campaign cap career case certificate chance change
check-in checkpoint clause client coach colleague collection commission commitment community compromise concession
condition conference connection consultation contract contribution conversation course credit customer cut date day
deadline deal decision declaration decrease definition demo demonstration department deposit description designer desk
developer difference digest direction discount document donation draft drop element employee engineer environment
estimate event exception exchange exit experiment expert explanation extension facility feature fee fix flag flat
forecast forum framework freelancer freeze friend function fund gap garden goal grant group guarantee guideline
handover hire hotline house improvement incentive increase increment installation instruction instrument internship
interview introduction investment invitation invoice job kickoff kitchen kpi landlord laptop launch lawyer lead leader
lease letter licence license limit limitation line list loan location lock lock-in logo loi lounge machine manager
mandate margin meeting membership mentor metric migration milestone model moment mou move msa name nda newsletter note
notification objection obligation offer office operation opportunity option order organisation organization outcome
outlook overview owner package part partner partnership path pause payback penalty percentage perk permit person phase
pilot pipeline place plan platform poc policy portfolio position possibility preference premium presentation price
priority process product profile program programme project promise promotion proposal prospect prototype provision
quantity quarter question quota quote raise rate rebate receipt recommendation record reduction reference referral
refund relationship release reminder renewal repair replacement report representative request requirement reservation
reserve resolution resource response restriction result retainer review reward rfp rise roadmap role room roster rota
round route rule sabbatical salary sale sample saving scale schedule scheme scholarship seat section selection
sentence session settlement shift shipment showcase signature site situation sla slot solution sow space spare spec
specialist specification split sponsor sprint stake standard standup start statement station step stipend story
strategy structure subsidy successor suggestion summary supplier surcharge survey swap sync system target task team
template tenant term test testimonial threshold ticket timeline title tool topic track tradition trainer transaction
transition translation trial trip turnaround unit update upgrade variant variation vendor version visit voice vote
voucher wage warning warranty way webinar website week weekend win window workflow workload workshop workspace year
""")
"""Singular nouns that want an article."""

COMMON_NOUNS = word_set("""
ability acceptance access accountability acknowledgement adoption advice alignment appreciation approval assets
attention attribution authority autonomy availability awareness backlog bandwidth benefits board boss business
capacity care cash cash-flow cashflow certainty childcare churn clarity cleanliness clients closure coaching
collaboration comfort communication compensation competence competitiveness compliance confidence confidentiality
consistency continuity control coordination costs coverage credibility customers data defence defense deliveries
delivery demand dignity documentation downtime earnings efficiency employees employment engineers equality equipment
equity exclusivity experience expertise exposure fairness families family features feedback finance flexibility flow
focus freedom fun funding furniture goods growth happiness hassle headcount health heating help holidays honesty
hosting hours housing implementation incidents income independence information infrastructure innovation input insight
insights insulation integration integrity interest investment investors invoices involvement justice kindness
knowledge labor labour latency leadership leads leave legal leverage liability lighting liquidity logistics loyalty
machines maintenance management mandates margins market meetings money months morale motivation notice numbers on-call
onboarding operations opportunity orders ownership parking parts patience pay payment payments payroll peace people
performance permission planning power predictability prepayment prestige prices pricing pride privacy productivity
profit profitability profits progress proof protection publicity quality quiet reassurance recognition recruitment
references release reliability relief rent reporting reputation resources respect responsibility responsiveness rest
retention revenue revenues rights roi routes routine safety sales satisfaction savings scope security service services
shares sharing shelf shipping sign-off simplicity skills sleep software sourcing space speed stability staff staffing
status stock storage success supply support sustainability targets tax taxes terms tickets time timing traceability
traffic training transparency transport trust turnover understanding units uplift uptime usage use users utilisation
utilization vacancy value visibility volume volumes warehousing warmth weekends weeks work work-life years
""")

BURDENS = word_set("""
anxiety blame burden burnout chaos churn competition complaint complaints conflict conflicts cost costs debt delay
delays failure fear fears gap gaps issue issues loss losses overtime pain penalties penalty pressure pressures problem
problems risk risks shame shortage stress strike strikes threat threats turnover worries worry
""")
"""What weighs on a side; nobody needs it."""

NOUNS = COUNTABLE | GERUND_NOUNS | BURDENS | COMMON_NOUNS

OUTCOMES = word_set("""
agreement alignment approval autonomy balance capacity certainty clarity closure compliance confidence consistency
continuity control cut deadline decrease delivery discount efficiency equality exclusivity extension fairness
flexibility growth increase increment independence margin margins payback predictability price prices pricing
productivity profit profitability profits progress promotion quality raise rate rates rebate recognition reduction
reductions reliability renewal rent result results retention return revenue revenues rise roi safety salary
satisfaction saving savings security settlement speed stability success sustainability target targets terms
transparency trust turnaround turnover uptime utilisation utilization visibility workload
""")
"""What one can be said to achieve; of other things we say "my goal is"."""

HALF_NOUNS = word_set("""
agreement area balance book budget center centre clause contract control council culture cut cuts date day days deal
desk environment equality equity ethic experience fee fees freeze gap grade group hours increase letter level life
line list management manager market model note notice number numbers option options order package parity path payment
penalty period permit place plan point policy position price procedure process program programme progression raise
range rate request requests review rise schedule scheme service share shift site slip space speed stability staff
structure system team term terms time times transparency visa week year
""")
"""After a word that may be either, these make it the first half of a noun: "work permit", "release date"."""

PEOPLE = word_set("""
accountant adviser agent analyst applicant assistant board boss buyer candidate ceo cfo chairman client coach
colleague committee company competitor contractor coo council cto customer daughter department designer developer
director doctor employee employer engineer executive father friend guest hr husband intern investor landlord lawyer
lead leader leadership legal management manager mentor mother neighbor neighbour owner parent partner person president
principal procurement recruiter rep seller shareholder sister son specialist sponsor staff student supervisor supplier
team tenant trainee union user vendor wife worker
""")

PLURAL_PEOPLE = word_set("""
board boards bosses buyers candidates children clients colleagues committee companies company competitors consumers
contractors crew customers designers developers drivers employees engineering engineers executives families family
finance founders friends guests hr investors kids leaders leadership legal management managers marketing members
nurses ops parents partners people procurement qa reps residents sellers shareholders shops staff stakeholders stores
students subcontractors suppliers teachers team teams tenants union users vendors workers
""")
"""Whom "they" could mean."""

SINGULAR_IN_S = word_set("""
access across address always analysis as basis besides bonus boss business campus class cross discuss express focus
gas gross guess has his is its less loss mass needs news pass perhaps plus press process progress regardless series
status stress success surplus thanks this thus towards unless us wants was weakness yes
""")
"""Words in -s that are no plural."""

NOUN_ENDINGS = ("ability", "ance", "ence", "ibility", "ity", "ment", "ness", "ship", "tion")
"""A word with one of these endings is a noun, and English, whatever it is."""
