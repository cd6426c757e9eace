"""Adjectives, the small words, and all words together. A word that is missing is never guessed at."""

from bot.coaching.phrasing import nouns, verbs
from bot.coaching.phrasing.words import word_set

DETERMINERS = word_set("""
a all an another any both each every her his its my our some that the their these this those your
""")

DEMONSTRATIVES = word_set("that these this those")

OBJECTS = word_set("anybody everybody everyone him it me someone them us you")

SUBJECTS = word_set("he i she they we you")

PREPOSITIONS = word_set("""
about above across after against along among around as at before behind below between beyond by despite down during
except for from in inside instead into like near of off on onto out outside over past per plus since through
throughout till to towards under until up upon versus via vs with within without
""")

INTERJECTIONS = word_set("""
haha hello hey hi im ive lol maybe nope oh ok okay please sorry sure thanks thats well wow yeah yep yes
""")

LINKS = word_set("""
and because but how if nor or so than that then unless what when where whether which while who whose why
""")

QUANTITIES = word_set("""
double eight eleven enough few fewer fifty first five forty four half hundred less many more most much nine no one
second seven several six ten third thirty thousand three twelve twenty two zero
""")

ADVERBS = word_set("""
absolutely actually again already also always badly certainly clearly currently definitely desperately elsewhere
eventually finally fully immediately instead just mainly maybe mostly never now offline often once online only perhaps
possibly primarily probably quickly quietly rarely really reliably remotely safely seriously simply smoothly soon
still today together tomorrow truly twice upfront urgently usually
""")

ADJECTIVES = word_set("""
accessible accurate active additional adequate adult affordable agile agreed alternative ample annual appropriate
artistic automatic available average balanced basic better big bigger bilateral binding bold bright broad broader busy
calm calmer careful central certain cheap cheaper civil classic clean clear clearer close closer comfortable
commercial common compact competitive complete complex compliant conditional confidential consistent constant
contractual cooperative corporate correct cost-effective creative critical cultural current custom daily decent
dedicated deep deeper defined dependable detailed different digital direct diverse domestic dual due durable earlier
early easier easy economic efficient elegant emotional empty enjoyable equal equitable essential ethical even eventual
everyday exact excellent exciting exclusive existing expensive experienced expert external extra fair fairer fantastic
fast faster favourable final financial firm first fitting fixed flat flexible foreign formal forward four-day frank
free frequent fresh friendly full full-time functional funded further future general generous gentle genuine global
good gradual grand great green gross growing guaranteed half handy happy hard healthier healthy helpful high higher
historic holistic honest hourly human hybrid ideal immediate important improved independent individual industrial
informal initial innovative instant intelligent intensive interesting intermediate internal international joint key
large larger lasting late later lean legal legitimate less lighter limited little lively local logical long long-term
longer loose loud lovely low lower lowest loyal lucrative main major manageable mandatory manual maternity mature max
maximum meaningful measurable mid-term mild min minimal minimum minor mixed mobile moderate modern modest modular
monthly multi-year mutual named narrow national natural nearby neat necessary net neutral new next nice non-binding
non-exclusive normal numerous obvious occasional official old-fashioned one-off one-time one-year ongoing open
operational optimal optional ordinary organic original outdoor outside overall paid parental part-time partial
particular paternity peaceful permanent perpetual personal physical pleasant polite popular positive possible
potential powerful practical precise predictable preferred premium prepaid prestigious previous primary principal
prior private proactive productive professional profitable promising prompt proper proven provisional prudent public
pure qualified quarterly quick quicker quiet quieter rapid rare ready real realistic reasonable recurring reduced
regional regular relevant reliable remote renewed repeat respectful responsive rich right robust rolling rough royal
safe safer same satisfied scalable scheduled seamless secondary selective semi-annual senior separate serious severe
short short-term shorter significant simple simpler sincere single skilled slow slower small smaller smooth smoother
social soft sole solid sophisticated sound spacious spare special specific speedy stable staged standard steady
straight strategic stress-free strict strong stronger structured subtle successful sufficient suitable supportive
sustainable sweet swift tangible targeted tax-free temporary tentative thorough thoughtful tight tighter timely top
top-tier total tough traditional transferable transitional transparent trouble-free true trusted two-way two-year
typical ultimate unconditional unified unique universal unlimited unpaid upfront urgent usable useful usual valid
valuable variable verbal viable virtual visible vital volume-based voluntary warm weak weekly well-defined wide wider
win-win wireless worldwide written yearly zero-downtime
""")

FOREIGN = word_set("""
aber alla alle auf aus avec bei beim che chez como dans das dei del della dem der egy ein eine einem einen einer el
elle ett für het hogy ich ihr il ils ist jag je jest kein keine la las le les leur los mais mehr meu mit más nach nao
nein nella nem nicht niet noch nosotros notre nous och oder ohne para pela pelo perché pero por pour puis quand que
quer qui quiero rien sans sein seine sich sie sind som sulla så tutto tylko una und une uns unser unsere voglio vom
voor vor votre vous wir wird zu zum zur że
""")
"""Little words of other languages: where one stands, our grammar does not hold."""

ACRONYMS = word_set("ceo cfo coo cto hr kpi loi mou msa nda ops poc qa rfp roi sla sow")
"""Known words that keep their capitals."""

CALENDAR = word_set("""
april august christmas december easter february friday january july june march may monday november october saturday
september sunday thursday tuesday wednesday
""")

WORDS = frozenset().union(
    *(verbs.ANY_VERB, verbs.AVERSE, verbs.PARTICIPLES, verbs.FINITE),
    *(nouns.NOUNS, nouns.OUTCOMES, nouns.HALF_NOUNS, nouns.PEOPLE, nouns.PLURAL_PEOPLE),
    *(ADJECTIVES, ADVERBS, QUANTITIES, DETERMINERS, OBJECTS, SUBJECTS, PREPOSITIONS, LINKS, CALENDAR),
    word_set("not i i'm it's yes minus percent need want nothing everything like would"),
)
"""Everything known, for telling a common word from a name."""

COMMON_ENDINGS = (*nouns.NOUN_ENDINGS, "able", "ful", "fully", "ively", "less", "lessly")
"""A word with one of these endings is English, whatever it is."""
