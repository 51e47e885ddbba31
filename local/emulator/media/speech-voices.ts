/**
 * The voices of Azure's speech service. Source: "Language and voice support for the Speech service" of 21 October 2025, in the
 * public repository of Microsoft's documentation (MicrosoftDocs/azure-ai-docs, speech-service/includes/language-support/tts.md),
 * and "What are OpenAI text to speech voices?" of the same day; both were read on 30 November 2026. Every other voice is declared
 * by `PUT /emulator/voices`.
 */

/** A locale and names in each line; a name stands for `{locale}-{name}Neural`. */
const VOICES = `
af-ZA Adri Willem
am-ET Mekdes Ameha
ar-AE Fatima Hamdan
ar-BH Laila Ali
ar-DZ Amina Ismael
ar-EG Salma Shakir
ar-IQ Rana Bassel
ar-JO Sana Taim
ar-KW Noura Fahed
ar-LB Layla Rami
ar-LY Iman Omar
ar-MA Mouna Jamal
ar-OM Aysha Abdullah
ar-QA Amal Moaz
ar-SA Zariyah Hamed
ar-SY Amany Laith
ar-TN Reem Hedi
ar-YE Maryam Saleh
as-IN Priyom Yashica
az-AZ Banu Babek
bg-BG Kalina Borislav
bn-BD Nabanita Pradeep
bn-IN Tanishaa Bashkar
bs-BA Vesna Goran
ca-ES Joana Enric Alba
cs-CZ Vlasta Antonin
cy-GB Nia Aled
da-DK Christel Jeppe
de-AT Ingrid Jonas
de-CH Leni Jan
de-DE Katja Conrad SeraphinaMultilingual FlorianMultilingual Amala Bernd Christoph Elke Gisela Kasper Killian Klarissa
de-DE Klaus Louisa Maja Ralf Tanja Florian:DragonHDLatest Seraphina:DragonHDLatest
el-GR Athina Nestoras
en-AU Natasha William WilliamMultilingual Annette Carly Darren Duncan Elsie Freya Joanne Ken Kim Neil Tim Tina
en-CA Clara Liam
en-GB Sonia Ryan Libby AdaMultilingual OllieMultilingual Abbi Alfie Bella Elliot Ethan Hollie Maisie Mia Noah Oliver
en-GB Olivia Thomas Ada:DragonHDLatest Ollie:DragonHDLatest
en-HK Yan Sam
en-IE Emily Connor
en-IN AartiIndic ArjunIndic NeerjaIndic PrabhatIndic Aarav Aashi Aarti Arjun Ananya Kavya Kunal Neerja Prabhat Rehaan
en-IN Meera:DragonHDLatest Aarti:DragonHDLatest Arjun:DragonHDLatest
en-KE Asilia Chilemba
en-NG Ezinne Abeo
en-NZ Molly Mitchell
en-PH Rosa James
en-SG Luna Wayne
en-TZ Imani Elimu
en-US AvaMultilingual AndrewMultilingual EmmaMultilingual AlloyTurboMultilingual EchoTurboMultilingual
en-US FableTurboMultilingual OnyxTurboMultilingual NovaTurboMultilingual ShimmerTurboMultilingual BrianMultilingual
en-US Ava Andrew Emma Brian Jenny Guy Aria Davis Jane Jason Kai Luna Sara Tony Nancy CoraMultilingual
en-US ChristopherMultilingual BrandonMultilingual Amber Ana Ashley Brandon Christopher Cora Elizabeth Eric Jacob
en-US JennyMultilingual Michelle Monica Roger RyanMultilingual SteffanMultilingual Steffan AdamMultilingual
en-US AIGenerate1 AIGenerate2 AmandaMultilingual AshTurboMultilingual Blue DavisMultilingual DerekMultilingual
en-US DustinMultilingual EvelynMultilingual LewisMultilingual LolaMultilingual NancyMultilingual PhoebeMultilingual
en-US SamuelMultilingual SerenaMultilingual Adam:DragonHDLatest Andrew:DragonHDLatest Andrew2:DragonHDLatest
en-US Ava:DragonHDLatest Brian:DragonHDLatest Davis:DragonHDLatest Emma:DragonHDLatest Emma2:DragonHDLatest
en-US Steffan:DragonHDLatest Alloy:DragonHDLatest Andrew3:DragonHDLatest Aria:DragonHDLatest Ava3:DragonHDLatest
en-US Bree:DragonHDLatest Jane:DragonHDLatest Jenny:DragonHDLatest MultiTalker-Ava-Andrew:DragonHDLatest
en-US MultiTalker-Ava-Steffan:DragonHDLatest Nova:DragonHDLatest Phoebe:DragonHDLatest Serena:DragonHDLatest
en-US Andrew:DragonHDOmniLatest Ava:DragonHDOmniLatest Caleb:DragonHDOmniLatest Dana:DragonHDOmniLatest
en-US Lewis:DragonHDOmniLatest Phoebe:DragonHDOmniLatest Jimmie:DragonHDFlashLatest Tiana:DragonHDFlashLatest
en-US Tyler:DragonHDFlashLatest
en-ZA Leah Luke
es-AR Elena Tomas
es-BO Sofia Marcelo
es-CL Catalina Lorenzo
es-CO Salome Gonzalo
es-CR Maria Juan
es-CU Belkys Manuel
es-DO Ramona Emilio
es-EC Andrea Luis
es-ES Elvira Alvaro ArabellaMultilingual IsidoraMultilingual TristanMultilingual XimenaMultilingual Abril Arnau Dario
es-ES Elias Estrella Irene Laia Lia Nil Saul Teo Triana Vera Ximena Tristan:DragonHDLatest Ximena:DragonHDLatest
es-GQ Teresa Javier
es-GT Marta Andres
es-HN Karla Carlos
es-MX Dalia DaliaMultilingual Jorge JorgeMultilingual Beatriz Candela Carlota Cecilio Gerardo Larissa Liberto Luciano
es-MX Marina Nuria Pelayo Renata Yago
es-NI Yolanda Federico
es-PA Margarita Roberto
es-PE Camila Alex
es-PR Karina Victor
es-PY Tania Mario
es-SV Lorena Rodrigo
es-US Paloma Alonso
es-UY Valentina Mateo
es-VE Paola Sebastian
et-EE Anu Kert
eu-ES Ainhoa Ander
fa-IR Dilara Farid
fi-FI Selma Harri Noora
fil-PH Blessica Angelo
fr-BE Charline Gerard
fr-CA Sylvie Jean Antoine Thierry Sylvie:DragonHDLatest Thierry:DragonHDLatest
fr-CH Ariane Fabrice
fr-FR Denise Henri VivienneMultilingual RemyMultilingual LucienMultilingual Alain Brigitte Celeste Claude Coralie
fr-FR Eloise Jacqueline Jerome Josephine Maurice Yves Yvette Remy:DragonHDLatest Vivienne:DragonHDLatest
ga-IE Orla Colm
gl-ES Sabela Roi
gu-IN Dhwani Niranjan
he-IL Hila Avri
hi-IN Swara Madhur Aarav Aarti Arjun Ananya Kavya Kunal Rehaan
hr-HR Gabrijela Srecko
hu-HU Noemi Tamas
hy-AM Anahit Hayk
id-ID Gadis Ardi
is-IS Gudrun Gunnar
it-IT Elsa Isabella Diego AlessioMultilingual IsabellaMultilingual GiuseppeMultilingual MarcelloMultilingual Benigno
it-IT Calimero Cataldo Fabiola Fiamma Gianni Giuseppe Imelda Irma Lisandro Palmira Pierina Rinaldo
it-IT Alessio:DragonHDLatest Isabella:DragonHDLatest
iu-CANS-CA Siqiniq Taqqiq
iu-LATN-CA Siqiniq Taqqiq
ja-JP Nanami Keita Aoi Daichi Mayu Naoki Shiori MasaruMultilingual Masaru:DragonHDLatest Nanami:DragonHDLatest
jv-ID Siti Dimas
ka-GE Eka Giorgi
kk-KZ Aigul Daulet
km-KH Sreymom Piseth
kn-IN Sapna Gagan
ko-KR SunHi InJoon HyunsuMultilingual BongJin GookMin Hyunsu JiMin SeoHyeon SoonBok YuJin SunHi:DragonHDLatest
ko-KR Hyunsu:DragonHDLatest
lo-LA Keomany Chanthavong
lt-LT Ona Leonas
lv-LV Everita Nils
mk-MK Marija Aleksandar
ml-IN Sobhana Midhun
mn-MN Yesui Bataa
mr-IN Aarohi Manohar
ms-MY Yasmin Osman
mt-MT Grace Joseph
my-MM Nilar Thiha
nb-NO Pernille Finn Iselin
ne-NP Hemkala Sagar
nl-BE Dena Arnaud
nl-NL Fenna Maarten Colette
or-IN Subhasini Sukant
pa-IN Ojas Vaani
pl-PL Agnieszka Marek Zofia
ps-AF Latifa GulNawaz
pt-BR Francisca Antonio MacerioMultilingual ThalitaMultilingual Brenda Donato Elza Fabio Giovanna Humberto Julio Leila
pt-BR Leticia Manuela Nicolau Thalita Valerio Yara Macerio:DragonHDLatest Thalita:DragonHDLatest
pt-PT Raquel Duarte Fernanda
ro-RO Alina Emil
ru-RU Svetlana Dmitry Dariya
si-LK Thilini Sameera
sk-SK Viktoria Lukas
sl-SI Petra Rok
so-SO Ubax Muuse
sq-AL Anila Ilir
sr-LATN-RS Nicholas Sophie
sr-RS Sophie Nicholas
su-ID Tuti Jajang
sv-SE Sofie Mattias Hillevi
sw-KE Zuri Rafiki
sw-TZ Rehema Daudi
ta-IN Pallavi Valluvar
ta-LK Saranya Kumar
ta-MY Kani Surya
ta-SG Venba Anbu
te-IN Shruti Mohan
th-TH Premwadee Niwat Achara
tr-TR Emel Ahmet
uk-UA Polina Ostap
ur-IN Gul Salman
ur-PK Uzma Asad
uz-UZ Madina Sardor
vi-VN HoaiMy NamMinh
wuu-CN Xiaotong Yunzhe
yue-CN XiaoMin YunSong
zh-CN Xiaoxiao Yunxi Yunjian Xiaoyi Yunyang Xiaochen XiaochenMultilingual Xiaohan Xiaomeng Xiaomo Xiaoqiu Xiaorou
zh-CN Xiaorui Xiaoshuang XiaoxiaoDialects XiaoxiaoMultilingual Xiaoyan Xiaoyou XiaoyuMultilingual Xiaozhen Yunfeng
zh-CN Yunhao Yunjie Yunxia YunxiaoMultilingual Yunye YunyiMultilingual Yunze YunfanMultilingual XiaoshuangMultilingual
zh-CN XiaoyouMultilingual Xiaochen:DragonHDLatest Yunfan:DragonHDLatest Xiaoyue:DragonHDOmniLatest
zh-CN Yunqi:DragonHDOmniLatest Xiaochen:DragonHDFlashLatest Xiaoxiao:DragonHDFlashLatest Xiaoxiao2:DragonHDFlashLatest
zh-CN Xiaoshuang:DragonHDFlashLatest Xiaoyou:DragonHDFlashLatest Xiaoyu:DragonHDFlashLatest Yunxia:DragonHDFlashLatest
zh-CN Yunxiao:DragonHDFlashLatest Yunye:DragonHDFlashLatest Yunyi:DragonHDFlashLatest
zh-CN-guangxi Yunqi
zh-CN-henan Yundeng
zh-CN-liaoning Xiaobei Yunbiao
zh-CN-shaanxi Xiaoni
zh-CN-shandong Yunxiang
zh-CN-sichuan Yunxi
zh-HK HiuMaan WanLung HiuGaai
zh-TW HsiaoChen YunJhe HsiaoYu
zu-ZA Thando Themba`;

/** These speak in two qualities. */
const OPENAI = ['Alloy', 'Echo', 'Fable', 'Nova', 'Onyx', 'Shimmer'];

const rows = VOICES.trim()
  .split('\n')
  .map((line) => line.split(' '));

const LOCALES = rows.map(([locale = '']) => locale.toLowerCase());

const NAMES = new Set(
  [
    ...rows.flatMap(([locale, ...names]) => names.map((name) => `${locale}-${name}Neural`)),
    ...OPENAI.flatMap((name) => ['Neural', 'NeuralHD'].map((quality) => `en-US-${name}Multilingual${quality}`)),
  ].map((name) => name.toLowerCase()),
);

/** Whether the service speaks the locale; a language alone stands for any of its locales. */
export function isLocale(written: string): boolean {
  const locale = written.toLowerCase();
  return LOCALES.some((known) => known === locale || known.startsWith(`${locale}-`));
}

/** Whether the service has the voice, in any case. */
export function isVoice(written: string): boolean {
  return NAMES.has(written.toLowerCase());
}
