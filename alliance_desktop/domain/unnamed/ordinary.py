"""Words that are a name as well, and words that often begin a sentence; none of them says by itself who is meant."""


def set_of(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


ALSO_NAMES = set_of(
    """
    a ace ad ah al alba alma amber amy an ange angel anna aria art as ash aster august aurora autumn baker banks bar
    basil bay bea bear bell belle ben berry beth bill bird bishop black blake blanca blanche blue bo bob bond book
    brand brandy brave bright brook brooks brown buck bud bush butler cam camp can candy carol carpenter carter case
    cash chance chase chip christian church clay cliff cloud coby cole colt cook cooper coral cotton cruz crystal cross
    dale dawn day dean dee del den destiny di diamond dick do dolly don dot dove drew duke earl east ebony echo ed eden
    el ember en esperanza eve ever faith fay fern field fisher fleur flora ford forest fox frank freed freeman
    frost gale gardener gay gene gentle gil ginger glen glenn glory gold good grace gracia grant gray green grey guy
    hale hall harmony harper harvest haven hawk hay hazel head heart heather heaven helm henna hill holly home
    honey hope hood house hunt hunter i ice in iris is it ivory ivy jack jade jasmine jay jean jet jewel jimmy job joe
    john jolly joy jude jules july june justice kay keen kelly key kid kind king kit kitty knight lake lamb lance land
    lane lark laurel law le lea lee leo li lily line linen lo long lord lou love lu luck luz mac mae maid main
    major man mar marble march marie marina mark marks marsh martin mason matt max may me mel melody mercy merit merry
    mia miles mill miller min mine mint miracle mo moon moore moss my myrtle nan nat nell new nick noble noel north
    nova oak obi ocean old olive on opal or orange orchard ox page paige pansy paris park parker pat paul pax paz pearl
    peg penny perry pet peter petal pike pierre piper pit poet pole pool poppy potter power price pride prince princess
    prudence queen quill quinn rain ram randy rare ray red reed reef reign rex rey rice rich ridge river rivers rob
    robin rock rocky rod roman rosa rose rosemary rosy rowan roy ruby rue rush russet rusty sage sal salt salvador sand
    sandy santa savannah say scout se sea serenity shade shaw shelly shepherd short si sid sierra silver singer skip sky
    slim small smart smith so sol solace son song south spring stan star steel sterling stone storm story street strong
    su sue summer sun sunny swan sweet swift tad tan tawny taylor teal ted temple terry thai the thorn tide tiger tim
    timber tiny tip to tom topaz town tracy trinity true trust tucker turner tuesday tulip unity val vale van verity
    vic victor victory viola violet virgo vita wade walker wall walls ward warren water waters way weaver wednesday west
    wheat white will willow win winter wise wolf wood woods woody worth wren wright yes yo york young yule zen zephyr
    client clients counsellor counselor friend sister brother mother father mum mom dad grandma grandmother grandad
    grandfather aunt uncle cousin teacher nurse coach doctor supervisor school college clinic hospital person people
    another other their week weeks day year group family agency place service
    """
)
"""A name among these is only found where it begins with a capital, and then marked for the eye."""

BEGIN_SENTENCES = set_of(
    """
    a about after again all also although always an and another any as ask at away back be because before but by can
    could did didn do does doesn don during each either even every everyone everything feeling felt few first for from
    get give go had has have having he her here hers his how however i if in is isn it its just last later less let
    like long looked lots many maybe me mine more most much my myself neither never next no nobody none nor not nothing
    now of off often on once one only or other our ours perhaps please quite rather said saw says see seemed several
    she should since so some somebody someone something sometimes soon still such talked tell than that the their
    theirs them then there these they thing things think this those though three through to today together told
    tomorrow too tried two under until up us very was we well went were what when where whether which while who whose
    why will with without won would wrote yes yesterday yet you your yours asked came gave made met stayed spoke
    agreed done both end good ok okay quiet sad tired wanted wants
    afraid afterwards agree alone angry anxious anything apologised appointment arrived asking attended avoided became
    begins better big body breathing bored calm calmer cancelled changed changes check checked clear class close closer
    confused continue cried curious days described difficult distant early earlier easier easy ended ends
    enough everywhere explained explore eye eyes fear feels fewer fine follow followed found full goal goals great
    guarded happy hard harder heard held help helped helps home hopeful hours hurt important improved irritated keep
    keeps kept lack laughed late later learned leave leaves left less lesson listened listening listen look looking
    looks lonely lost low main meeting mentioned missed mistake month months mood morning named need needed needs
    nervous new nodded noted notes noticed offered old open others overall own parents part people plan planned plans
    pressure question questions rang reached reads relaxed relieved repair repeated review risk safe same school seem
    seems sent session sessions shame share shared short showed shrugged shut silence silent simple slow slower small
    smiled sorry started starts stay stopped strange stress suggested talk talking tears tense tension text thanked
    thinks thought time times told touched treated tried tries trusted trying turned unclear understood unsure upset
    used usually voice waited walked warm watched week weeks went withdrawn withdrew wondered words work worked working
    works worried worry worse writes wrong year years
    """
)
"""Common first words of a sentence, which are not listed for the eye there."""

PRONOUNS = set_of(
    """
    a and but he her his how if in it my on our she that the their then there they this we what when who why you
    """
)
"""Words that tell nobody apart, wherever they stand with a capital."""

TITLES = set_of(
    "mr mrs ms miss mx dr prof professor sir madam rev fr sr sra srta señor señora mme mlle m monsieur madame"
)

WEEKDAYS = set_of(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun
    lunes martes miércoles jueves viernes sábado domingo lundi mardi mercredi jeudi vendredi samedi dimanche
    """
)

GENERIC = set_of(
    """
    school college academy university primary secondary high elementary middle junior infant infants grammar
    kindergarten nursery preschool centre center clinic hospital practice surgery service services trust charity
    agency department church mosque temple foundation association club project institute escuela colegio instituto
    universidad clínica école collège lycée université clinique hôpital
    """
)
"""Words that say what kind of place it is, and not which."""

SCHOOLS = set_of(
    """
    school college academy university primary secondary elementary kindergarten nursery preschool escuela colegio
    instituto universidad école collège lycée université 学校 小学 中学 大学 学院 โรงเรียน مدرسه
    """
)

NUMBER_WORDS = set_of(
    """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety
    trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte onze douze treize quatorze quinze dix-sept
    dix-huit dix-neuf vingt
    """
)
"""Numbers in words, which may be somebody's age; "one" is too often nobody's."""
