"""What people type into a layer: empty hands, and wins that are terse but real."""

CONTENTLESS = """

.
...
?
???
!!!
-
--
—
*
…
/
:-)
()
asdf
ASDF
asdfasdf
asdfghjkl
asdlkfj
jkl;
asdfjkl;
qwerty
qwertyuiop
qwe
zxcv
hjkl
poiuy
sdfsdf
qweasd
dfgkjh
sdfghj
xxxx
xxx
aaaa
zzz
ababab
hahaha
....
111
000
1
123
1234567890
n/a
N/A
na
n.a.
tbd
TBD.
tba
todo
TODO
to do
to be defined
test
TEST
test test
test123
testing
this is a test
none
None
null
nil
idk
dunno
I don't know
not sure
not sure yet
no idea
same as above
see above
ditto
lorem ipsum
placeholder
foo
foo bar
blah
blah blah blah
bla bla
abc
xyz
x
X
k
hi
hello
yes
Yes!
yes please
no
ok
okay
maybe
money
Money!
more money
I want more money
win
Win
to win
WIN WIN
win-win
a win-win
success
more success
be successful
more
much more
better
something
something good
something better
everything
anything
nothing
all of it
I want this
I want it all
want
what I want
what they need
the best
the best deal
a good deal
a good result
a good outcome
good
great
value
added value
mutual benefit
we both win
both win
everyone wins
both sides win
everybody happy
happy
my win
My Win
My win:
their win
Their Win -
our shared win
Our Shared Win
shared win
my goal
goal
My goal is to achieve...
I understand your side needs...
I propose
I propose...
What I absolutely must achieve
what they truly need (not what they say)
the overall result if both run together
😀
🎉🎉🎉
👍
😀 win
1️⃣
™️
❤️‍🔥
ａｓｄｆ
ｍｏｎｅｙ
ｙｅｓ
＿＿＿
。。。
？
фыва
йцукен
ааа
哈哈哈
w\u200bin
mo\u200fney
\u202eyes
\ufffc
m_y_w_i_n
"""
"""One on a line; the first is empty."""

TERSE = """
Net-60
net 60
Net 30, 2 % skonto
15 % raise
15% raise
a raise
raise
5%
-5 %
+3%
€5
5 €
$95M
95M
100M
100k
80k
12k/year
2x
€2.10/unit
FOB Hamburg
DDP
Incoterms DAP
price cap
price lock
fixed price
lower price
better price
list minus 10
volume discount
10% off
early payment
prepayment
payment in 30 days
pay later
bulk rate
unit cost
lead time
shorter lead times
4 weeks
in 4 weeks
by Friday
Friday
before May
by Q3
Q3
EOM
June
June 1
2026
24h
24/7
on time
on-time delivery
delivery
dual sourcing
second source
safety stock
consignment
warranty
2-year warranty
exit clause
no lock-in
opt-out
renewal
auto-renewal off
SLA
99.9%
SLA 99.9
uptime
support
P1 in 1h
credits
NDA
MSA signed
IP stays ours
source code
exclusivity
DACH
the north
market share
a reference
case study
logo
testimonial
cash
cash flow
cash now
margin
25% margin
their margin
growth
stable revenue
revenue
volume
predictability
certainty
forecast
quota
hit quota
bonus
his bonus
his job
job security
promotion
senior title
team lead
title
salary
72k
72k base
equity
stock options
OTE
RSUs
pension
more pay
better pay
equal pay
fair pay
paid overtime
overtime
less overtime
no overtime
fewer shifts
no night shifts
Fridays off
weekends off
4-day week
32h
part time
remote
remote work
WFH 2 days
home office
flexible hours
parental leave
sabbatical
vacation in May
training
a mentor
certification
visa
relocation
start in May
notice period
severance
reference letter
two engineers
2 FTE
one designer
headcount
hire Priya
keep Anna
Anna
a decision
a yes from legal
sign-off
approval
buy-in
go-live
ship it
launch
launch in June
freeze
scope
less scope
scope freeze
cut scope
no scope creep
MVP
API docs
API access
test data
bug fixes
QA time
a release train
fewer releases
no Friday releases
on-call
fair on-call
quiet nights
sleep
calm
peace
respect
trust
recognition
credit
to be heard
be heard
a say
a voice
face
save face
look good
reputation
control
autonomy
ownership
clarity
clear roles
one owner
one backlog
fewer meetings
weekly sync
a roadmap
roadmap
transparency
time
more time
time to plan
time to test
a buffer
budget
budget cut
keep budget
save 10%
-10% cost
cost control
cost sharing
rent
rent 1,400
lower rent
rent cap
deposit
my deposit
keep the cat
quiet
heating
repairs
parking
a long lease
3-year lease
a reliable tenant
no damage
rent on time
sell
sell fast
a quick sale
an apology
apology
end the blame
stop blaming
safety
risk
lower risk
fear of churn
less churn
pressure
board pressure
compliance
GDPR
audit
ISO 27001
R&D
P&L
Bo
keep it
get out
win back Acme
win the tender
beat Globex
Acme
50/50
split costs
swap shifts
joint webinar
pilot
a pilot
3-month pilot
rollout
two phases
phase 1
plan B
walk away
a contract
2-year deal
one-year commitment
open books
profit share
co-marketing
shared leads
Deutsch
Preis senken
mehr Gehalt
menos horas
prix fixe
да
повышение
сохранить бюджет
保持预算
涨薪
予算
昇給
예산 유지
الميزانية
תקציב
वेतन वृद्धि
งบประมาณ
προϋπολογισμός
ｎｅｔ－６０
15\u00a0%\u00a0raise
15\u202f%\u200b\u200e raise
budget 📉
🎯 10% off
"""
"""One on a line."""


def lines(text: str) -> list[str]:
    """The fillings of one of the lists above."""
    return text.strip("\n").split("\n")
