/**
 * First names, folded: a capitalised word after one of them is most likely a surname. French ones of all ages, and the
 * foreign ones that a French newspaper prints most.
 */
export const FIRST_NAMES: ReadonlySet<string> = new Set(
  `philippe annemie noor nour  philipp philip phil eliott anais salma raj thimothee timothe ghyslain ghyslaine gaelig gwenn-ael jean-remi julie-anne
  anne-marie anne-lise anne-claire anne-cecile marie-anne marie-christine marie-france marie-helene marie-pierre marie-line
  aaron abdel abdelkader abdellah abdelmalik abdou abdoulaye abel abhishek abigail achille achraf adam adama adel adele
  adeline adelaide adil adnan adrian adriana adrien adrienne agathe agnes ahmad ahmed aicha aidan aime aimee aimeric ajay
  akash akim alain alan alana alban alberic albert alberto albin aldo alejandro aleksander aleksandr aleksandra alessandra
  alessandro alessia alessio alex alexander alexandra alexandre alexandrine alexei alexia alexis alfonso alfred ali alice
  alicia alienor alim alina aline alison alisson alix allan allison alma alois alon alphonse alvaro alvin alya alycia
  alyssa amadou amanda amandine amaury ambre ambroise amel amelie amina amine amir amit ana anas anastasia anatole
  andre andrea andreas andree andrei andrej andres andrew andrey andrzej andy ange angel angela angele angelica angelina
  angelique angelo angus anh anika anil anis anissa anita anja anke ann anna annabelle anne anneliese annette annick annie
  anouar anouk anselme anthony antoine antoinette anton antonella antonia antonin antonio anya apolline apollonie apoorv
  ariane arielle aric aristide arjun arlette armand armande armelle arnaud arnault arno arnold aron arsene artem arthur
  artur arturo arun arvind ash ashish ashley asma asmaa assia astrid athanase athena aubin aubrey aude audrey augusta
  auguste augustin augustine aurel aurele aurelia aurelie aurelien aurore austin avi aviv axel axelle aya ayman aymen
  aymeric ayoub aziz babacar babak baptiste baptistin barack barbara barnabe barry barthelemy bartolomeo bart basil basile
  bastien bastian baudouin beata beatrice beatrix beatriz ben benedicte benedetta benedikt benjamin bennett benoit berangere
  berenice bernadette bernard bernd bernhard bert bertille bertrand betty beverly bianca bilal bill billy bjorn blaise
  blanche blandine bob bogdan bonnie boris boubacar bouchra bradley brahim brandon brendan brenda brian brice brieuc brigitte
  brijesh britta bruce bruno bryan bryce caleb calixte calvin camelia cameron camila camilla camille candace candice capucine
  cara carine carl carla carles carlo carlos carlotta carmen carol carole caroline carolina carolyn carrie carsten casey
  caspar cassandra cassandre cate catalina catarina caterina catherine cathy cecile cecilia cedric celeste celestin celia
  celina celine cesar chad chaima chantal charis charlene charles charley charlie charline charlotte chen cheikh cherif
  cheryl chiara chirag chloe chris christa christel christele christelle christer christian christiana christiane christina
  christine christof christoph christophe christopher chrystele chuck cindy claes claire clara clarence clarisse clark
  claude claudette claudia claudine claudio claus clea cleo clemence clement clementine clea cleo clotaire clothilde
  clotilde clovis cody colas colette colin coline colleen come connor constance constant constantin cora coralie corentin
  corinna corinne cornelia cornelius corto cosima cosimo craig cristian cristiano cristina cristobal curtis cynthia cyprien
  cyril cyrille cyrus daan dale dalia damian damien damon dan dana daniel daniela daniele daniella danielle danilo danny
  daphne daria dario darius darren daryl dave david davide dawn dean deborah debra delia delphin delphine demba demis denis
  denise dennis derek derrick desire desiree devendra devin diana diane didier diego dieter dietmar dietrich dimitri dina
  dinah dino dirk djamel djamila djibril dmitri dmitry dolores domenico dominic dominik dominique don donald donatien
  donna dora doris dorian dorine dorothee dorothy doug douglas drew duncan dustin dwight dylan eamon earl eberhard ed eddie
  eddy edgar edgard edith edmond edmund edoardo edouard eduard eduardo edward edwige edwin egor eiso elad elaine elea
  eleanor eleonore elena eli elia eliane elias elie eliette elijah elina eline elinor eliot elisa elisabeth elise elisee
  elizabeth ella ellen elliot elliott elodie eloi eloise elon elsa elton elvire elyes ema emanuel emanuele emeline emeric
  emerson emil emile emilia emilie emilien emilio emily emma emmanuel emmanuelle emmett engin enguerrand enora enrico
  enrique enzo eric erica erich erick erik erika erin ernest ernesto ernst erwan erwann erwin estelle esteban esther ethan
  etienne eudes eugene eugenie eva evan evangeline evelyn evelyne ewan ewen ezra fabian fabien fabienne fabio fabiola
  fabrice fadi faiza faouzi fares farid farida farouk fatiha fatima fatma fatou faustin faustine fay federica federico
  fei felicia felicie felicien felicite felipe felix ferdinand fernand fernanda fernando fiamma fidel fidji filip filippo
  finn fiona firmin flavia flavie flavien flavio fleur flora floran flore florence florent florentin florian floriane
  fodil foued franca france frances francesca francesco francine francis francisco franck francois francoise frank franz
  fred freddy frederic frederick frederik frederique fredrik frida friedrich fritz gabin gabor gabriel gabriela gabriele
  gabriella gabrielle gael gaelle gaetan gaetane gareth garry gary gaspar gaspard gaston gauthier gautier gavin gaya gemma
  gene genevieve geoff geoffrey geoffroy george georges georges-olivier georgia georgina gerald geraldine gerard gerd
  gerhard germain germaine gerry gervais ghislain ghislaine ghita giacomo gian gianluca gianni gil gilbert gilberte gilda
  gildas gilles gillian gina ginette gino giorgio giovanna giovanni gisele gislain giulia giuliano giulio giuseppe gladys
  glen glenn gloria godefroy gonzague gonzalo gordon grace graham graziella greg gregg gregoire gregor gregory greta
  gretchen guenter guenael gui guido guilhem guillaume guillemette guillermo gunnar gunther gus gustav gustave guy
  gwen gwenael gwenaelle gwendal gwendoline gwenn gwenola gwilherm habib hadrien hafid haim hakan hakim hala hamid hamza
  hana hanane hank hannah hanna hans hao harald haris harold harriet harris harrison harry harvey hasan hassan hatem hector
  heather hedi hedwige heidi heike heiko heinrich heinz helen helena helene helga helmut heloise hendrik henri henriette
  henrik henrique henry herbert herman hermann hermine herve hicham hilaire hilary hilde hind hippolyte hisham holger
  holly honore honorine horace horst hortense houda houria howard hubert hugo hugh hugues huguette hussein hyacinthe ian
  ibrahim ibrahima ida idriss iga ignace ignacio igor ikram ilan ilana ilaria ilham ilian ilya ilyas ilyes ilias imad iman
  imane imen imran ines inga ingo ingrid ioana ioannis ira irene irina iris irma irwin isaac isabel isabella isabelle
  isadora isaiah isaline isham isidore isis ismael ismail isolde israel issa istvan italo ivan ivana ivo jack jacinthe
  jackie jackson jaclyn jacky jacob jacqueline jacques jacquot jade jakob jakub jamal james jamel jamie jamila jan jana
  jane janet janice janine janis janos jared jasmin jasmine jason jasper javier jawad jay jean jeanette jeanine jeanne
  jeannine jeff jeffrey jelena jenna jennifer jenny jens jensen jeremie jeremy jermaine jerome jeronimo jerry jess jesse
  jessica jesus jeroen jill jillian jim jimmy jin jing jo joachim joakim joan joana joanna joanne joao joaquin jocelyn
  jocelyne jochen jodie joe joel joelle joerg joey johan johann johanna johannes john johnny jolanda jolie jon jonas
  jonathan jony joost jordan jordane jordi jorge jorgen joris joscha jose josef josefina joseph josephine josette josh
  joshua josiah josiane josselin josse josua josue jovan joy joyce juan juana judicael judith judy juergen jules julia
  julian juliana juliane julianne julie julien julienne juliet juliette julio julius june junior jurgen justin justine
  justus kai kais kamal kamel kamil kamila karel karen karim karima karin karina karine karl karla karol karolina karsten
  kasper kate katell katherine kathleen kathrin kathryn kathy katia katie katja katrin katy kay kazuo keith kelly ken
  kendra kenji kenneth kenny kenza kerry kerstin kevin khadija khaled khalid khalil kiara kieran kilian kim kimberly king
  kingsley kirill kirk kirsten kirsty kjell klaus klara klemens koen koray koray kristen kristian kristin kristina kristof
  krystel krzysztof kumar kurt kyle kylian laetitia lahcen laila lali lamia lamine lana lance lara larbi larissa larry
  lars lassana latifa laura laure laureen laureline lauren laurence laurene laurent laurette laurie laurine lawrence lazare
  lea leah leandre leandro leanne lee leena leif leila leila leilani leo leon leonard leonardo leone leonel leonid leonie
  leonor leonora leonore leopold leopoldine leslie leticia lev leyla li lia liam liana libby lidia lieven lila lilas lili
  lilia lilian liliana liliane lilly lily lin lina linda lindsay lindsey line linh lino linus lionel lisa lisandro lise
  lisbeth lisette lison liu liv livia liz liza loan loane loic lois lola loren lorena lorenzo loretta lori lorie loris lorna
  lorraine lothar lou louane loubna louis louisa louise loup luana luc luca lucas luce lucette lucia lucian luciana luciano
  lucie lucien lucienne lucile lucille lucinda lucio lucius lucrece lucy ludivine ludmila ludo ludovic ludwig luigi luis
  luisa luiz lukas lukasz luke lutz lydia lydie lyes lylia lyna lynda lynn lynne mabel maciej mack mackenzie madeleine
  madeline madison madjid mads mae mael maelis maelle maeva mag magali magalie magda magdalena maggie magnus mahaut mahdi
  maher mahmoud maia maiwenn maja majid malcolm malek malia malik malika malin mallaury malo malory malvina mamadou mamoudou
  manal manel manfred manoj manon manu manuel manuela mara marc marceau marcel marcela marcella marcelle marcellin marcello
  marcelo marcia marcin marco marcos marcus marek margaret margareta margarita margaux margherita margo margot marguerite
  maria mariam mariama marian mariana mariane marianne marie marieke mariella marielle marietta marika marilou marilyn
  marilyne marin marina marine mario marion marios marisa marissa marius marjolaine marjorie mark marko markus marleen
  marlene marlon marouane mars marta marthe martha martial martijn martin martina martine martino marty marvin mary maryam
  maryannick maryline maryse maryvonne mateo mateusz mathew mathias mathieu mathilda mathilde mathis mathurin mathys matilda
  matis mats matt matteo matthew matthias matthieu matthijs matthis matti maud maude maureen maurice mauricio maurizio
  mauro max maxence maxim maxime maximilian maximilien maximiliano maximin may maya maylis mazarine mederic medhi medi
  mehdi mehmet mei meike melanie melina melinda meline melisande melissa melody melvin mercedes meredith merlin meryem
  mia micah michael michaela michal michel michela michele micheline michelle mickael mickaela miguel mihai mikael mikaela
  mike mikhail mikkel mila milan milena milene miles millie milo milos milton mimi mina ming minh mira mirabelle miranda
  mireille mirella miriam mirjam miroslav mitch mitchell moana modeste mohamed mohammad mohammed mohan mohand mohsen moira
  moise molly mona monia monica monika monique montserrat morgan morgane morris mortimer morten moshe mouad mouhamadou
  mouna mounia mounir mourad moussa moustapha muhammad muriel murielle murray mustafa mustapha mustafa mylene myriam myrtille
  nabil nabila nacer nadege nadene nader nadia nadim nadine nael nahla naima naim najat najib nana nancy nando naomi napoleon
  narcisse narendra nasser nassim nassima nastasia nat natacha natalia natalie natasha nathalie nathan nathanael nathaniel
  natsumi nawal nawel nazim ned neel neil nell nelly nelson neri nestor neven neville niamh nicholas nick nicky nico nicodeme
  nicola nicolas nicole nicoletta nicolo niels nigel nik nikita nikki niklas nikola nikolai nikolaus nikolaj nikos nils nina
  ninon nisrine noa noah noam noe noel noela noeline noelie noelle noemie nolan nolwenn nora norah norbert nordine noreen
  norma norman nouhad noura nour nuno nuria oceane octave octavia octavie octavio odette odile odilon odin odo ofelia
  olaf ole oleg oleksandr olga olive oliver olivia olivier olof olympe olympia omar omer ondine opal ophelie oprah ora
  oriane oriol orlando orly orna orso orson oscar osama oscar oskar osman oswald othmane otto ottavio oumar oumou ousmane
  owen pablo paige paloma pam pamela paola paolo parfait pascal pascale pascaline patricia patrick patrizia patty paul paula
  paulette paulin paulina pauline paulo pavel peder pedro peggy peio penelope penny per percy perla pernille perrine pete
  peter petr petra petros peyo pia pier piero pierette pierre pierrette pierrick pieter pietro pilar piotr placide pol
  polly pooja prakash prashant pratik prisca priscilla priscille priya prosper prune quentin quincy quinn quitterie rachel
  rachid rachida radia rae raf rafael rafaela rafaelle rafal raghav rahul raja rajesh rajiv ralf ralph rama ramin ramon
  ramona ramzi randall randy rania ranjit raoul raphael raphaela raphaelle raquel rashid raul ravi ray raymond raymonde
  rayan rayane reda rebecca redouane regina reginald regine regis reid reine reinhard reinhold remco remi remy renan renata
  renate renato renaud rene renee reuben rex reza rhea rhys ria riad ricardo riccardo rich richard rick ricky rico rik rita
  rob robert roberta roberto robin robyn rocco roch rochelle rod rodger roderick rodney rodolfo rodolphe rodrigo rodrigue
  roelof roger rohan rohit roland rolande rolf romain romaine roman romane romana romaric romeo romuald romy ron ronald
  ronan ronnie roosevelt rory rosa rosalie rosalind rosanna rosario rose roseline rosella roselyne rosemary rosita ross
  roswell rowan roxana roxane roxanne roy ruben rudi rudolf rudolph rudy rufus rupert russ russell ruth ryan ryszard saad
  sabin sabina sabine sabrina sacha sadek safia saida said salah saleh salim salima sally salman salome salomon salvador
  salvatore sam samantha sami samia samir samira samson samuel samy sandeep sander sandie sandra sandrine sandro sandy
  sanjay santiago santosh saoussen sara sarah sasha saskia satya saul savannah savinien scarlett scott sean seb sebastian
  sebastiano sebastien sefora segolene selene selim selima selin selma seong serge sergei sergey sergio servane seth
  severine severin seymour shane shannon shantanu sharon shaun sheila shelley sheryl shirley shlomo shota sibylle sid
  siddharth sidney sidonie siegfried sigmund sigrid silas silke silvain silvia silvio simeon simon simona simone simoun
  sinead siobhan skander skye slim sofia sofiane soizic sofie solal solange solene solenn solenne soline soledad solomon
  sonia sonja soni sophia sophie soraya soren spencer stan stanislas stanislav stanley steeve stefan stefania stefano
  steffen steffi stella sten stephan stephane stephanie stephen sterling steve steven stewart stuart suchir sue sundar
  sunil sunny sure suresh surya susan susana susanna susanne suzanne suzette suzy sven svenja svetlana swan swann sybille
  sydney sylvain sylvaine sylvestre sylvia sylviane sylvie szymon tad tadeusz taha tahar takashi tamara tamas tamia tania
  tanguy tanja tanya tara tarek tareq tariq tarik tatiana taylor ted teddy telma teo terence teresa terry tess tessa thais
  thales thanh thea theau thelma theo theodora theodore theodule theophile theres therese thibaud thibault thibaut thibault
  thiebaud thiebault thierry thimote thimothee thomas thor thorsten tiago tibor tiffany tim timo timon timothe timothee
  timothy tina tino tiphaine tiphanie titouan tobias toby todd tom tomas tomasz tommaso tommy toni tony torsten tracy
  travis trevor trinidad tristan troy tyler ugo ulf ulrich ulrike ulysse umberto ursula uta uwe vadim val valentin valentina
  valentine valeria valerian valerie valery valter vanessa vanina vasco vasil vasily venkat vera veronica veronika veronique
  vicente vicki vicky victoire victor victoria victorien victorine vijay vikram viktor viktoria vilhelm ville vince vincent
  vincente vincenzo vinciane vinod viola violaine violette viorel virgil virgile virginia virginie vishal vitali vitalik
  vito vittoria vittorio vivian viviane vivien vivienne vlad vladimir vojtech volker wafa wahid waleed walid wallace wally
  walter wanda ward warren wassim wassila wayne wei wen wendy werner whitney wiem wilfred wilfrid wilfried wilhelm will
  willem william willy wim winston wojciech wolf wolfgang woody xavier xavi xia xiang xin yacine yael yan yana yanis yann
  yannick yannis yao yaroslav yasmin yasmina yasmine yasser yassin yassine yejin yelena yi ying yoann yoan yohan yohann
  yolaine yolanda yolande yona yoni yoshua youcef younes youssef youssouf yossi yue yuichi yuki yuri yuval yves yvan yveline
  yvette yvon yvonne zach zachary zacharie zachariah zack zahia zahra zaid zak zakaria zakary zara zaven zeev zeina zelda
  zelie zeno zhang zineb zinedine zita zoe zoltan zora zoran zouhair zuzana
  naveen rajat rohan sanjeev sandeep satya sundeep shyam srinivas subramanian suhail sumit tanmay tarun uday varun vinay vineet
  vivek yash abhinav aditya ajit alok aman amol anand anant anirudh ankit ankur anuj anupam arnav ashok ashwin atul bharat deepak
  dhruv dinesh ganesh gaurav girish gopal harsh hari hemant jayesh karan kartik kavita kiran krishna lakshmi madhav mahesh manish
  meera mohit mukesh naman neha nikhil nitin parag piyush pranav praveen preeti puneet rachit radhika raghu rakesh ramesh ranjan
  ritesh ritu rohini sachin sameer sanjana saurabh shalini shashi shivani shreya shruti siddhartha sneha sonal sridhar swati tushar
  usha vaibhav vasant venkatesh vidya wenfeng jinping zhengfei hanlin jialin jiawei xiaoming xiaodong weijia haoran yifan zihan
  yuxuan mingpo kaiming songhan ziwei jianping guoqiang lei yong jie fang hong jun qiang bin kai-fu minsu jihoon seungho hyun
  hiroshi kenta satoshi takeshi tetsuya yusuke masayoshi haruki akira noriko yumi thuy huong nguyen tuan duc hoang quang phuong
  olena oksana taras andriy bohdan mykola serhiy vasyl yevhen ruslan timur rustam dmitriy alexei aleksei anatoly arkady boris
  gennady konstantin leonid oleksiy pavel yuriy mikhail elif emre burak cem deniz hakan kerem murat ozan selin tolga ufuk yusuf
  zeynep abdoul abdulaziz abdullah abdulrahman adnane ahlam aissa amara aminata anwar assane awa ayatollah babacar badr bakary bassam
  biram brahima chafik cheick daouda dieynaba djenaba fadila faisal farah fatim fathi fouzia ghassan habiba hajar hakima halima
  hamed hassan hayat hocine houcine houda idrissa ikhlas imene ines jalil jawhar kacem karamoko khady lassina leith loubna mahamadou
  malick mame mariama marwan marwane mbaye meriem mohcine moncef mounir moustafa nabila nacera nadjat nafissa najwa nasrine nizar nour-eddine
  ouassim oumayma rabah rachida rafik rami ramzy redha riadh sabri safae said samba sanaa seydou sidi sihem slimane sofiene soufiane
  souad soumaya tahar taoufik tayeb tidiane wassim yahia yahya yamina yassir younis zakari zied zoubida zouhir
  agnieszka bartosz beata dorota ewa grzegorz jakub jaroslaw joanna kasia katarzyna lech magda malgorzata marta mateusz piotr
  slawomir tomek wieslaw zofia zbigniew anders anneke bas berend bram dirk-jan erik-jan eva-maria femke frans geert gerrit hein henk
  ingrid jaap jelle jeroen joop jurre kees lars-erik liesbeth maarten marjolein niek pepijn pim rik roos ruud sanne sjoerd stijn
  teun thijs tijn wim wouter aino antti eero eeva heikki ilkka jaakko jari jukka juha jyrki kimmo matias mika mikko olli
  pekka petteri risto sami sanna tapio timo vesa ville agneta birgit bjarne dag egil einar espen frode gunilla hakon halvor hedda
  ingeborg ingvild jorn kaare knut lasse lennart mats ove ragnhild rasmus sigurd siv stein svein terje thorbjorn tor torbjorn trond
  alessandra beppe carlotta cesare claudia cosimo davide donatella elisabetta ennio ettore fabrizia fausto federica flavia
  francesca gaetano gianfranco gianluigi gianmarco giorgia giorgio gregorio ilaria jacopo leonardo loredana ludovica luigi maurizio
  michelangelo niccolo nicoletta ottavia piergiorgio raffaele raffaella renzo rocco sandro silvio simonetta tiziana tommaso ugo
  umberto valerio vincenza alvaro amaia ander anxo asier begona belen concha cristobal dolores edurne elvira eneko fermin gonzalo
  hector inaki ines inigo iker jaime jokin jose-luis juanjo koldo leire macarena maite marisol mikel nacho nerea nieves paz pepe
  rocio rosario sancho santi ximena xabier yolanda zaira alvarez andreia catarina duarte filipa goncalo henrique joaquim margarida
  matilde mafalda nuno ricarda rui salvador tiago vasco armel armelle arzhel audren awen azenor bleuenn brieg budoc corentine
  donatienne ehouarn elouan erwana ewan gildas goulven gurvan gwenaelle herve-marie jildaz kaelig katell kilian klervi loeiz maelann
  malo morvan nolwen riwan ronan rozenn soazig tanguy tifenn titouan tudual yannig yuna maelys soline capucine apolline eglantine
  hermine sixtine diane-sophie aliette aymeline beranger briac calixte clotaire conrad cyr enguerrand eudes evrard fulbert gaelig
  geraud godefroid gonzague guilain hilarion hugues-olivier jehan josselin lambert lancelot leopold louison ludger malaury melchior
  oscarine octavian perceval philibert raoul remi-pierre roch romuald sosthene tancrede thibaude tristan-pierre ulric urbain valere
  vianney xavier-marie zephyrin charbel elie georges-henri jean jean-baptiste jean-christophe jean-claude jean-francois jean-louis
  jean-luc jean-marc jean-marie jean-michel jean-noel jean-paul jean-philippe jean-pierre jean-sebastien jean-yves marie-claire
  marie-laure pierre-yves pierre-antoine louis-marie anne-sophie anne-laure
  aarav abdelaziz abdelhak abdelhamid abdelkrim abdellatif abdelmajid abderrahim abderrahmane abdessamad abena achieng
  adaeze adjoa afi afonso agustin aharon ahmet aida aiden aissata aissatou akosua akouvi akram akshay alae alassane
  alejandra aleksi alexandr alexey aliou alioune alistair almudena ama amaya amber amira amitabh amnon amos amrita
  anabel anabela anass anatoli andreea anjali annaig annika anshul aourell aparna arantxa arash aravind archana
  ardeshir arkadi armando armindo asa asaf asha asmae astou attila avigdor ayi aylin ayodele ayse aysegul aziza
  azzedine baba babajide bachir badara bahar balazs baruch bassem becky behnam behrouz bela benedetto benito benny
  bernardo bhavik bhavish bich bineta binh bintou birane blair blanca boaz bobby bogumil boguslaw bohumil boualem brad
  branko brent brett bridget brooke byron byung-chul caitlin camilo carlota carmelo carmine catalin cayetano cecil
  cemal cenk chaim chaimaa chakib chandra chang-hee chaouki chase chau chester chidi chih-wei chinedu chukwuemeka
  claudiu clay clayton cliff clifford clint clyde conceicao concepcion conor corina cory cosmin coumba csaba cuong
  cyrine czeslaw daisy dalila dao dariush dariusz darlene darrell darryl deepa deepika dejan detlef devika dexter
  dianne dick diem dimitra dimitrios dimitris dinh diogo divya djeneba dominika domitille donato dong-hyun donovan
  doreen doron doudou dounia dov dragan dragos driss dror dumitru dung dusan dwayne dzung ebru ece eckhard edem edna
  edson eduarda efraim egbert ehsan ehud eija eileen eirik eitan ekaterina ekkehard ekow el-mehdi eleni elhadj eliav
  elies elin elisio ellis elmer elom elsie elzbieta emanuela emeka emine emir endre ercan erdem erez erkan esperanza
  esra estefania eszter eugenia eugenio eun-ji evangelos everett evgeni evgenia evgeny fabiana fabrizio fadela fahd
  faical fanta farai farhad fatih fatima-zahra fatoumata faye fayssal fedor felicity ferdinando ferenc fereydoun fergus
  ferhat fethi filipe florin floyd fode folake fotini fouad francisca franklin freddie gadi gal galit garrett gatien
  gautam geeta gennaro georgi georgios gerardo gergely gersende geun-hye ghazal gheorghe ghizlane giancarlo giang
  giannis gideon gilad ginger giorgos gita giuseppina glenda gokhan gontran goran gracia grant grazia grazyna griet
  grigori gro guadalupe gul gulsen gunter gustavo gyorgy gyula hachem hadj hae-jin hafida hafsa hai haifeng haiyan
  halil halina hamidou hanae hanh hannu hans-peter haoyu harish harsha haruna haruto hassane hassiba hatice havard hawa
  hazel helder henrike henryk hermano hideki hieu hila hiroyuki hitoshi hoa hoai hongwei hongyu horacio horia hossein
  houssem huiling hung hunter huseyin huu huy huynh hye-jin hyun-woo ibtissam ichiro ifeoma ildiko ileana ilia imogen
  imre inacia inacio inbal indira ingmar ioan ion ionut irving isamu isaura isaure ishaan isidro issam itai itamar
  itzhak itziar iulia ivy iwona jacek jadwiga jae-yong jake jalal janne janusz jaouad jarl jarmo jaroslav jasna jayant
  jefferson jen-hsun jerzy ji-hoon ji-won jianguo jianhua jianjun jiaqi jiayi jin-woo jingjing jiri joann jodi jody
  jolanta jong-un joon-ho jorg jorma josefa jouni jozsef juanita judd judit juhani jun-ho junichi junjie junko justyna
  jyoti kaddour kader kadiatou kadidia kaisa kalidou kalle kalman kalpana kamala kamau kaori kapil kari karl-heinz
  katalin katerina katri katrien kaveh kawtar kazimierz kazuya keiichi keita kelvin kemal kendall kenichi kent khanh
  khaoula kheira khoa kianoush kien kieu kinga kjetil kodjo koffi kofi koichi koji komlan konan konrad konstantinos
  kossi kostas kouame kouassi krish krystyna ksenia kwame kwasi kyoko kyriakos kyung-soo ladan laia lajos lan landry
  laszlo lat laverne lazar leigh lena lenny lerato leroy lester leszek letizia levent lewis liang libor lihua liisa
  lijun lillian linnea lior lioudmila liron liviu ljubica lloyd logan long lotfi lubomir luminita luther luz lyle
  lyudmila maayan macky madalena maddy madhuri mahnaz mahsa maimouna makan makoto maksim mamady mandy manolo mariano
  maribel marija mariko marja markku marlies marsha marshall marton marwa masahiro masaki masako masato masoud massamba
  massimiliano massimo matyas mawuli maxine mayumi meena meg megan megumi mehran mei-ling meiling meir melaine melek
  melusine menachem mengyao merle mert merve metin michio mickey mieczyslaw mihaela mihail miklos milagros mildred
  milica min-jun min-seo mindy mingming minna minoru mircea mireia miri mirko miroslaw misty mitsuko miyuki modibo
  moises mokhtar momar morad mordechai moritz morteza moti motoko mouhcine mouloud mwangi myra nadav nadejda nadir nafi
  nafissatou naftali najoua nam nandini naoki naoko narayan narges natalya natan nate natividad natsuki navid nazanin
  ndeye ndiaga neal nebojsa nemanja nenad nesrine neta nezha nga ngan nghia ngoc ngozi nguyet nhan nhi nhu nhung
  nicoleta nihat nikolaos nikolay nilesh niloufar nimrod nir niraj nisha nissim njal njoki nnamdi nobuko nobuo nomsa
  noureddine nouria nur oanh obinna oddvar ofer ofir oguz okan olavo oleh olumide oluwaseun ombeline ombline omri
  ondrej onur oren orhan orianne orit ornella orsolya osamu osnat othman otieno otis ottmar ouafae ouassila oumy ovidiu
  ozgur padma paivi pallavi panagiotis pankaj panos parisa parker parviz pasquale patricio patsy patti patxi pavla
  pawel pelin penda peng pentti pernelle perry pertti petri petro petru phat philippine phillip philomene phong phu
  phuc phyllis pirjo pouya prabhat pradeep prasad predrag prem prerna preston priyanka przemyslaw purnima qiaoyun
  qifeng quan quoc quy quyen quynh rabia radek radha radim radka radoslaw radovan radu raghuram rahma raimo raimundo
  rajaa rajeev rajkumar ram ramata ramiro ran rashmi raz razvan rebeca recep reijo reiner rekha ren rhita rhonda ridha
  rie riitta riley rim rishabh rishi rivka robbie rogelio rokhaya romano roni ronit rosaria rossella roya ruby rudiger
  ruihan rune ruoxi rusty rym ryo ryota sabah sachiko sadie saeed sagar sagi sahar sahil sakura saliha salimata samaneh
  sana sandor sang-hoon sangeeta sani sari sarita sasa satish sebastiao sedat seema segun seiji sekou semyon seo-yeon
  seppo serdar serkan seung-hyun sevgi shahram shai shankar shaoqing sharad shaul shawn shelby sheldon shengjie sherman
  sherri sherry shigeru shikha shilpa shimon shin shinji shinya shira shirin shiv shmuel sho shuai shuang shubham shun
  siavash sidiki sigmar siham silje silvana sinan sipho sira sissel skip slavica slobodan smita snezana soheil sokhna
  sonya soo-jin sorin sota souhail soukaina souleymane soumya srdjan stacey stacy stanislaw stavros stelios stevan stig
  stine sture su-bin sudhir sujata suleyman summer sune sung-ho sunita suraj susann sushil sushma susie sybil sylke
  tabitha tadashi tae-won taichi takuya tal talia tam tammy tan tanvi tariro tarkan taro tatsuya tayyip teemu tejas
  tendai tening teodor teri tero terrence terri thabo thach thai thanasis thandiwe thang thao theodoros theophane thi
  thien thinh tho thu thuan tianyi tien timmy timofei tin tine tingting toan tomaz tomer tomislav tomoko tord tore toru
  toshiaki toshiko tracey traci trang trent tri tricia trine trinh trisha trung truong trygve tsuyoshi tudor tugdual
  tullio tunde tung tuomas turgut tuula tuyen tuyet tyrone tzipi uche ugur ulla umut unai uri ursule urszula ute uyen
  uzi vaclav valeri valeriy vance vasile vasiliki vasilis vassili vassilis veikko verena verna vesna vibeke viet viggo
  vikas vinh vipul vit vitaly vitor viviana vladislav volkan volodymyr vuk vyacheslav wade wafaa waldemar walt
  wandrille wangari wanjiru weiming wenbin wendell wenjie wes wesley widad wiebke wilbur wiley willard willie willis
  wilma winfried winifred wioletta witold wladyslaw woo-jin woodrow wyatt xaviere xiaodan xiaofeng xiaohong xiaojun
  xiaoli xiaowei xinyi xinyu xiuying xuan yaakov yair yaniv yanyan yaqin yaron yasemin yasuhiro yavuz yaw yaya yazid
  yehuda yemi yen yeon-hee yevgeny yiannis yichao yigal yildiz yilmaz yiming yingying yitzhak yngve yoav yoel yogesh
  yoichi yonatan yonghui yosuke young-ho yousra youssou youssoufa ysaline yseult yuan yuchen yuhan yuka yukiko yuko
  yulia yumiko yunfei yuta yuxin zainab zakia zane zanele zarko zdenek zdzislaw zehra zeljko zephyr zhen zhiqiang
  zhixin zhiyuan zhongwei zixuan zohra zoubir zoya zsolt zsuzsanna zulmira zuzanna zvi`.split(/\s+/),
);

/** Of these, the ones that are also plain words, places or brands: a capitalised word after one proves little. */
export const DOUBTFUL_FIRST_NAMES: ReadonlySet<string> = new Set(
  `alma ange angel aime aurore avi axel blanche charlie claude come constance constant desire don fleur flora florence
  france grace guy ida israel jade jean-zay june lance lorraine luce mae mars marin marine mark max may melody milan mina
  modeste olive opal ora orly orlando parfait paris per prosper prune ray reine rex rich rob rose savannah sterling sure
  sydney taylor val victoire ville violette virginia ward will wolf king line lin li liu yi yao zhang chen hao wei xin ying
  pier pol raja rama ron troy tad thales hugo serena alan barnabe kim lee cora lila meta elle usha paz hong fang jun lei bin jie yong duc bas dag siv tor frans pepe samba awa mame eva paz lance hein alvarez kiran urbain conrad
  afi aida alae ama amber amos asa asaf asha ayi ayse baba bela benito bich binh boaz brad byron cenk chase chau clay
  clifford cory daisy dao dexter dick diem dinh dov dror dung ebru ece edem edna ehud eija ekow elin elmer elom emir
  erez esra everett fahd faye floyd fode gadi gal ginger gita grant gro gul hadj hai hanh hawa hieu hila hoa hoai hung
  hunter huu huy ilia imre ioan ion irving itai ivy jake jarl jiri jodi jody jorg judd kari kent khoa kien kieu kofi
  koji laia lan lat lena lewis lior lloyd logan long luther luz lyle meg meir mert miri misty moti myra nadir nafi nam
  nate neal neta nga ngan ngoc nhan nhi nhu nir njal nur oanh ofer ofir oguz okan oleh omri onur oren orit otis oumy
  parker pasquale peng perry phat phu phuc prem preston quan quoc quy radu ram ran raz ren rie rim romano roni roya
  ruby rune rusty rym ryo sagi sana sani sari sasa shai shelby sherman shin shiv sho shun sira skip sota stig summer
  sune tal tam tan taro teri tero thai thao thi tho thu tien tin tine toan tord tore toru trent tri tung uche ugur ulla
  umut unai uri ute uyen uzi viet vinh vit vuk wade walt wes wyatt xuan yair yaw yaya yemi yen yoav yoel yuan yuka yuko
  yuta zane zhen zoya zvi`.split(/\s+/),
);

/** Particles inside a surname: Martin de Gourcuff, Anne Le Hénanff, Ursula von der Leyen. */
export const PARTICLES: ReadonlySet<string> = new Set(
  `de d du des la le les von van der den del della di da dos das ben bin ibn al el ter ten zu af`.split(
    /\s+/,
  ),
);

/** What stands before a surname or a full name without being part of it. */
export const COURTESY_TITLES: ReadonlySet<string> = new Set(
  `m mm mme mmes mlle monsieur madame messieurs mesdames dr dre drs docteur docteure pr pre professeur me maitre sir lord lady mr mrs ms`.split(
    /\s+/,
  ),
);
