/**
 * The voices of Azure's speech service, by locale. Source: learn.microsoft.com, "Language and voice support for the
 * Speech service", in a copy of July 2024, with later ones added. Newer voices are declared by `PUT /emulator/voices`.
 */

/** A name stands for `{locale}-{name}Neural`. */
const VOICES: Readonly<Record<string, string>> = {
  'af-ZA': 'Adri Willem',
  'am-ET': 'Mekdes Ameha',
  'ar-AE': 'Fatima Hamdan',
  'ar-BH': 'Laila Ali',
  'ar-DZ': 'Amina Ismael',
  'ar-EG': 'Salma Shakir',
  'ar-IQ': 'Rana Bassel',
  'ar-JO': 'Sana Taim',
  'ar-KW': 'Noura Fahed',
  'ar-LB': 'Layla Rami',
  'ar-LY': 'Iman Omar',
  'ar-MA': 'Mouna Jamal',
  'ar-OM': 'Aysha Abdullah',
  'ar-QA': 'Amal Moaz',
  'ar-SA': 'Zariyah Hamed',
  'ar-SY': 'Amany Laith',
  'ar-TN': 'Reem Hedi',
  'ar-YE': 'Maryam Saleh',
  'as-IN': 'Priyom Yashica',
  'az-AZ': 'Banu Babek',
  'bg-BG': 'Kalina Borislav',
  'bn-BD': 'Nabanita Pradeep',
  'bn-IN': 'Tanishaa Bashkar',
  'bs-BA': 'Vesna Goran',
  'ca-ES': 'Joana Enric Alba',
  'cs-CZ': 'Vlasta Antonin',
  'cy-GB': 'Nia Aled',
  'da-DK': 'Christel Jeppe',
  'de-AT': 'Ingrid Jonas',
  'de-CH': 'Leni Jan',
  'de-DE':
    'Katja Conrad Amala Bernd Christoph Elke FlorianMultilingual Gisela Kasper Killian Klarissa Klaus Louisa Maja Ralf SeraphinaMultilingual Seraphina Florian Tanja',
  'el-GR': 'Athina Nestoras',
  'en-AU': 'Natasha William WilliamMultilingual Annette Carly Darren Duncan Elsie Freya Joanne Ken Kim Neil Tim Tina',
  'en-CA': 'Clara Liam',
  'en-GB':
    'Sonia Ryan Libby Abbi Alfie Bella Elliot Ethan Hollie Maisie Mia Noah Oliver Olivia Thomas Ada AdaMultilingual Ollie OllieMultilingual',
  'en-HK': 'Yan Sam',
  'en-IE': 'Emily Connor',
  'en-IN':
    'Neerja NeerjaIndic Prabhat PrabhatIndic Aarav Aashi Aarti AartiIndic Arjun ArjunIndic Ananya Kavya Kunal Rehaan',
  'en-KE': 'Asilia Chilemba',
  'en-NG': 'Ezinne Abeo',
  'en-NZ': 'Molly Mitchell',
  'en-PH': 'Rosa James',
  'en-SG': 'Luna Wayne',
  'en-TZ': 'Imani Elimu',
  'en-US': `Ava AvaMultilingual Andrew AndrewMultilingual Emma EmmaMultilingual Brian BrianMultilingual Jenny JennyMultilingual
    Guy Aria Davis DavisMultilingual Jane Jason Sara Tony Nancy NancyMultilingual Amber Ana Ashley Brandon
    BrandonMultilingual Christopher ChristopherMultilingual Cora CoraMultilingual Elizabeth Eric Jacob Michelle Monica
    Roger Ryan RyanMultilingual Steffan SteffanMultilingual AIGenerate1 AIGenerate2 Blue Kai Luna AdamMultilingual Adam
    AmandaMultilingual DerekMultilingual DustinMultilingual EvelynMultilingual LewisMultilingual LolaMultilingual
    PhoebeMultilingual Phoebe SamuelMultilingual SerenaMultilingual Serena Alloy Echo Fable Onyx Nova Shimmer
    AlloyMultilingual EchoMultilingual FableMultilingual OnyxMultilingual NovaMultilingual ShimmerMultilingual
    AlloyTurboMultilingual EchoTurboMultilingual FableTurboMultilingual OnyxTurboMultilingual NovaTurboMultilingual
    ShimmerTurboMultilingual Bree Aria Steffan`,
  'en-ZA': 'Leah Luke',
  'es-AR': 'Elena Tomas',
  'es-BO': 'Sofia Marcelo',
  'es-CL': 'Catalina Lorenzo',
  'es-CO': 'Salome Gonzalo',
  'es-CR': 'Maria Juan',
  'es-CU': 'Belkys Manuel',
  'es-DO': 'Ramona Emilio',
  'es-EC': 'Andrea Luis',
  'es-ES': `Elvira Alvaro Abril Arnau Dario Elias Estrella Irene Laia Lia Nil Saul Teo Triana Vera Ximena
    ArabellaMultilingual IsidoraMultilingual TristanMultilingual XimenaMultilingual Tristan`,
  'es-GQ': 'Teresa Javier',
  'es-GT': 'Marta Andres',
  'es-HN': 'Karla Carlos',
  'es-MX': `Dalia DaliaMultilingual Jorge JorgeMultilingual Beatriz Candela Carlota Cecilio Gerardo Larissa Liberto Luciano
    Marina Nuria Pelayo Renata Yago`,
  'es-NI': 'Yolanda Federico',
  'es-PA': 'Margarita Roberto',
  'es-PE': 'Camila Alex',
  'es-PR': 'Karina Victor',
  'es-PY': 'Tania Mario',
  'es-SV': 'Lorena Rodrigo',
  'es-US': 'Paloma Alonso',
  'es-UY': 'Valentina Mateo',
  'es-VE': 'Paola Sebastian',
  'et-EE': 'Anu Kert',
  'eu-ES': 'Ainhoa Ander',
  'fa-IR': 'Dilara Farid',
  'fi-FI': 'Selma Harri Noora',
  'fil-PH': 'Blessica Angelo',
  'fr-BE': 'Charline Gerard',
  'fr-CA': 'Sylvie SylvieMultilingual Jean Antoine Thierry ThierryMultilingual',
  'fr-CH': 'Ariane Fabrice',
  'fr-FR': `Denise Henri Alain Brigitte Celeste Claude Coralie Eloise Jacqueline Jerome Josephine LucienMultilingual Lucien
    Maurice RemyMultilingual Remy VivienneMultilingual Vivienne Yves Yvette`,
  'ga-IE': 'Orla Colm',
  'gl-ES': 'Sabela Roi',
  'gu-IN': 'Dhwani Niranjan',
  'he-IL': 'Hila Avri',
  'hi-IN': 'Swara Madhur Aarav Aarti Arjun Ananya Kavya Kunal Rehaan',
  'hr-HR': 'Gabrijela Srecko',
  'hu-HU': 'Noemi Tamas',
  'hy-AM': 'Anahit Hayk',
  'id-ID': 'Gadis Ardi',
  'is-IS': 'Gudrun Gunnar',
  'it-IT': `Elsa Isabella Diego Benigno Calimero Cataldo Fabiola Fiamma Gianni Giuseppe GiuseppeMultilingual Imelda Irma
    Lisandro Palmira Pierina Rinaldo AlessioMultilingual IsabellaMultilingual MarcelloMultilingual`,
  'iu-CANS-CA': 'Siqiniq Taqqiq',
  'iu-LATN-CA': 'Siqiniq Taqqiq',
  'ja-JP': 'Nanami Keita Aoi Daichi Mayu Naoki Shiori MasaruMultilingual Masaru',
  'jv-ID': 'Siti Dimas',
  'ka-GE': 'Eka Giorgi',
  'kk-KZ': 'Aigul Daulet',
  'km-KH': 'Sreymom Piseth',
  'kn-IN': 'Sapna Gagan',
  'ko-KR': 'SunHi InJoon BongJin GookMin Hyunsu HyunsuMultilingual JiMin SeoHyeon SoonBok YuJin',
  'lo-LA': 'Keomany Chanthavong',
  'lt-LT': 'Ona Leonas',
  'lv-LV': 'Everita Nils',
  'mk-MK': 'Marija Aleksandar',
  'ml-IN': 'Sobhana Midhun',
  'mn-MN': 'Yesui Bataa',
  'mr-IN': 'Aarohi Manohar',
  'ms-MY': 'Yasmin Osman',
  'mt-MT': 'Grace Joseph',
  'my-MM': 'Nilar Thiha',
  'nb-NO': 'Pernille Finn Iselin',
  'ne-NP': 'Hemkala Sagar',
  'nl-BE': 'Dena Arnaud',
  'nl-NL': 'Fenna Maarten Colette',
  'or-IN': 'Subhasini Sukant',
  'pa-IN': 'Ojas Vaani',
  'pl-PL': 'Agnieszka Marek Zofia',
  'ps-AF': 'Latifa GulNawaz',
  'pt-BR': `Francisca Antonio Brenda Donato Elza Fabio Giovanna Humberto Julio Leila Leticia MacerioMultilingual Macerio
    Manuela Nicolau Thalita ThalitaMultilingual Valerio Yara`,
  'pt-PT': 'Raquel Duarte Fernanda',
  'ro-RO': 'Alina Emil',
  'ru-RU': 'Svetlana Dmitry Dariya',
  'si-LK': 'Thilini Sameera',
  'sk-SK': 'Viktoria Lukas',
  'sl-SI': 'Petra Rok',
  'so-SO': 'Ubax Muuse',
  'sq-AL': 'Anila Ilir',
  'sr-LATN-RS': 'Nicholas Sophie',
  'sr-RS': 'Sophie Nicholas',
  'su-ID': 'Tuti Jajang',
  'sv-SE': 'Sofie Mattias Hillevi',
  'sw-KE': 'Zuri Rafiki',
  'sw-TZ': 'Rehema Daudi',
  'ta-IN': 'Pallavi Valluvar',
  'ta-LK': 'Saranya Kumar',
  'ta-MY': 'Kani Surya',
  'ta-SG': 'Venba Anbu',
  'te-IN': 'Shruti Mohan',
  'th-TH': 'Premwadee Niwat Achara',
  'tr-TR': 'Emel Ahmet',
  'uk-UA': 'Polina Ostap',
  'ur-IN': 'Gul Salman',
  'ur-PK': 'Uzma Asad',
  'uz-UZ': 'Madina Sardor',
  'vi-VN': 'HoaiMy NamMinh',
  'wuu-CN': 'Xiaotong Yunzhe',
  'yue-CN': 'XiaoMin YunSong',
  'zh-CN': `Xiaoxiao XiaoxiaoDialects XiaoxiaoMultilingual Yunxi Yunjian Xiaoyi Yunyang Xiaochen XiaochenMultilingual
    Xiaohan Xiaomeng Xiaomo Xiaoqiu Xiaorou Xiaorui Xiaoshuang Xiaoyan Xiaoyou XiaoyuMultilingual Xiaozhen Yunfeng Yunhao
    Yunjie Yunxia Yunye YunyiMultilingual Yunze YunfanMultilingual YunxiaoMultilingual Xiaoyu Yunfan Yunxiao`,
  'zh-CN-guangxi': 'Yunqi',
  'zh-CN-henan': 'Yundeng',
  'zh-CN-liaoning': 'Xiaobei Yunbiao',
  'zh-CN-shaanxi': 'Xiaoni',
  'zh-CN-shandong': 'Yunxiang',
  'zh-CN-sichuan': 'Yunxi',
  'zh-HK': 'HiuMaan WanLung HiuGaai',
  'zh-TW': 'HsiaoChen YunJhe HsiaoYu',
  'zu-ZA': 'Thando Themba',
};

const LOCALES = Object.keys(VOICES).map((locale) => locale.toLowerCase());

const NAMES = new Set(
  Object.entries(VOICES).flatMap(([locale, names]) =>
    names.split(/\s+/).map((name) => `${locale}-${name}Neural`.toLowerCase()),
  ),
);

/** Whether the service speaks the locale; a language alone stands for any of its locales. */
export function isLocale(written: string): boolean {
  const locale = written.toLowerCase();
  return LOCALES.some((known) => known === locale || known.startsWith(`${locale}-`));
}

/** Whether the service has the voice. One in HD is named as the voice, with its model: `en-US-Ava:DragonHDLatestNeural`. */
export function isVoice(written: string): boolean {
  const name = written.toLowerCase().replace(/neuralhd$/, 'neural');
  return NAMES.has(name) || NAMES.has(name.replace(/:dragon\w*neural$/, 'neural'));
}
