//! Arguments of the verbs that make packs of other things, and other things of packs: `new`, `import`, `export`.

use std::path::PathBuf;

/// Tạo gói mới, từ câu hỏi hoặc từ bảng kê và ảnh quét. · Makes a new pack, from questions or from a list and scans.
///
/// Ví dụ · Examples:
///   haidang-pack new --template danh-sach.xlsx
///   haidang-pack new trien-lam --from danh-sach.xlsx --media anh-quet
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct New {
    /// Thư mục sẽ tạo · the folder to make
    #[arg(required_unless_present = "template")]
    pub folder: Option<PathBuf>,
    /// Ghi bảng mẫu ra tệp này rồi dừng · write the template spreadsheet and stop
    #[arg(long, value_name = "FILE.xlsx", conflicts_with_all = ["folder", "from"])]
    pub template: Option<PathBuf>,
    /// Bảng kê .xlsx hoặc .csv, mỗi dòng một tư liệu · a list, one row an item
    #[arg(long, value_name = "LIST")]
    pub from: Option<PathBuf>,
    /// Thư mục ảnh quét và âm thanh · the folder of scans and sounds
    #[arg(long, value_name = "DIR", requires = "from")]
    pub media: Option<PathBuf>,
    #[command(flatten)]
    pub facts: Facts,
    /// In ra JSON cho chương trình khác · print JSON for other programs
    #[arg(long)]
    pub json: bool,
}

/// What is told of an exhibit as a whole.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Facts {
    /// Mã triển lãm · the exhibit's id
    #[arg(long)]
    pub id: Option<String>,
    /// Tên tiếng Việt · the title in Vietnamese
    #[arg(long)]
    pub title_vi: Option<String>,
    /// Tên tiếng Anh · the title in English
    #[arg(long)]
    pub title_en: Option<String>,
    /// Đơn vị, tiếng Việt · the publisher, in Vietnamese
    #[arg(long)]
    pub publisher_vi: Option<String>,
    /// Đơn vị, tiếng Anh · the publisher, in English
    #[arg(long)]
    pub publisher_en: Option<String>,
    /// Ngôn ngữ của gói, mặc định vi,en · the pack's languages, vi,en unless told
    #[arg(long, value_delimiter = ',', value_name = "TAGS")]
    pub languages: Option<Vec<String>>,
}

/// Nhập một manifest IIIF với ảnh trên máy này. · Imports a IIIF manifest whose pictures are on this machine.
///
/// Không bao giờ dùng mạng. · The network is never used.
///
/// Ví dụ · Example: haidang-pack import manifest.json --into trien-lam --media anh
#[derive(Debug, clap::Args)]
pub struct Import {
    /// Tệp manifest, IIIF Presentation 2 hoặc 3 · the manifest, IIIF Presentation 2 or 3
    pub manifest: PathBuf,
    /// Thư mục gói sẽ tạo · the pack's folder to make
    #[arg(long, value_name = "FOLDER")]
    pub into: PathBuf,
    /// Nơi tìm ảnh theo phần cuối địa chỉ · where pictures are looked for by the last part of their address
    #[arg(long, value_name = "DIR")]
    pub media: Option<PathBuf>,
    /// Loại tư liệu khi manifest không nói: bản đồ, văn bản, hiện vật · the kind of item where the manifest does not tell
    #[arg(long, value_enum)]
    pub kind: Option<KindWord>,
    /// Dạng ảnh: bản quét, ảnh chụp, bản vẽ · what the pictures are
    #[arg(long, value_enum)]
    pub nature: Option<NatureWord>,
    #[command(flatten)]
    pub facts: Facts,
    /// In ra JSON cho chương trình khác · print JSON for other programs
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum KindWord {
    Map,
    Document,
    Artefact,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum NatureWord {
    Scan,
    Photograph,
    Drawing,
}

/// Xuất gói thành IIIF hoặc một tập in được. · Exports a pack as IIIF or as a printable catalogue.
///
/// Ví dụ · Examples:
///   haidang-pack export trien-lam --iiif iiif --base https://example.org/iiif
///   haidang-pack export trien-lam --catalogue trien-lam.pdf
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
#[command(group(clap::ArgGroup::new("what").required(true).multiple(true).args(["iiif", "catalogue"])))]
pub struct Export {
    /// Thư mục của gói · the pack's folder
    pub folder: PathBuf,
    /// Thư mục IIIF sẽ tạo: manifest và ảnh mức 0 · the folder of manifests and level-0 pictures to make
    #[arg(long, value_name = "DIR")]
    pub iiif: Option<PathBuf>,
    /// Địa chỉ sẽ phục vụ thư mục ấy · the address that folder will be served at
    #[arg(long, value_name = "URL", default_value = "http://localhost:8080", requires = "iiif")]
    pub base: String,
    /// Tập tư liệu in được, PDF hoặc HTML tùy đuôi tệp · a printable catalogue, PDF or HTML by the file's ending
    #[arg(long, value_name = "FILE.pdf")]
    pub catalogue: Option<PathBuf>,
}
