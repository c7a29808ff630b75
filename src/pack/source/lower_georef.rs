//! Control points and printed names of a map into the model, with the transform that follows from the points.

use super::lower_items::{Net, region_of};
use super::reader::Reader;
use super::schema;
use super::text_files::read_text;
use super::wording::shown;
use crate::base::text_place::LineColumn;
use crate::diagnostics::{Place, Said};
use crate::pack::georef::annotation::{self, Annotation, Fault};
use crate::pack::georef::{Errors, FitError, Match, Reach, Transform, are_degrees};
use crate::pack::model::{ControlPoint, Georeference, PrintedName};

const POINTS: &str = "kind.georeference.points";
const FILE: &str = "kind.georeference.file";
/// The error is found by fitting once without each point, and a fit takes the third power of their number.
const MAX_POINTS: usize = 100;

const BAD_DEGREES: (&str, &str) =
    ("Không có nơi nào ở kinh độ, vĩ độ này.", "There is no place of this longitude and latitude.");
const BAD_DEGREES_HINT: (&str, &str) = (
    "Viết kinh độ trước, vĩ độ sau: kinh độ từ -180 đến 360, vĩ độ từ -85 đến 85.",
    "Longitude comes first, then latitude: longitude from -180 to 360, latitude from -85 to 85.",
);

/// A picture that could not be read has no size, and then there is nothing to fit; all else is told nevertheless.
pub fn georeference(
    reader: &mut Reader<'_>,
    value: schema::Georeference,
    size: Option<(u32, u32)>,
) -> Option<Georeference> {
    let (method, points, sources, note, is_listed) = match value {
        schema::Georeference::Points { method, points, sources, note } => {
            let method = reader.need(method, "kind.georeference.method");
            let points = reader.need(points, POINTS).and_then(|points| listed_points(reader, points));
            (method, points, sources, note, true)
        }
        schema::Georeference::Annotation { file, sources, note } => {
            let annotation = read_annotation(reader, file);
            let method = annotation.as_ref().map(|annotation| annotation.method);
            let points = annotation.and_then(|annotation| annotated_points(reader, &annotation, size));
            (method, points, sources, note, false)
        }
    };
    let sources = reader.sources(sources, "kind.georeference.sources");
    let note = note.and_then(|note| reader.statement(Some(note), "kind.georeference.note"));
    let (method, points, (width, height)) = (method?, points?, size?);
    let pixels = |(x, y): (f64, f64)| [x * f64::from(width), y * f64::from(height)];
    let matched = |p: &ControlPoint| Match { picture: pixels(p.at), longitude: p.longitude, latitude: p.latitude };
    let matches: Vec<Match> = points.iter().map(matched).collect();
    match Transform::fit(&matches, method) {
        Ok(transform) => {
            let (errors, reach) = (Errors::of(&transform, &matches), Reach::of(&matches));
            Some(Georeference { method, points, sources: sources?, note, transform, errors, reach })
        }
        Err(error) => {
            tell_unfit(reader, error, is_listed);
            None
        }
    }
}

/// None when one of the points is faulty: without it the others would make another transform.
fn listed_points(reader: &mut Reader<'_>, values: Vec<schema::ControlPoint>) -> Option<Vec<ControlPoint>> {
    let count = values.len();
    if !are_few(reader, count, POINTS) {
        return None;
    }
    let mut points = Vec::with_capacity(count);
    for (index, value) in values.into_iter().enumerate() {
        points.extend(control_point(reader, value, &format!("{POINTS}[{index}]")));
    }
    (points.len() == count).then_some(points)
}

fn are_few(reader: &mut Reader<'_>, count: usize, key: &str) -> bool {
    if count > MAX_POINTS {
        reader.problem(
            "too-many",
            key,
            (format!("Có {count} điểm khống chế."), format!("There are {count} control points.")),
            ("Tối đa 100 trên một bản đồ.", "At most 100 on one map."),
        );
    }
    count <= MAX_POINTS
}

fn control_point(reader: &mut Reader<'_>, value: schema::ControlPoint, key: &str) -> Option<ControlPoint> {
    let at = reader.need(value.at, &format!("{key}.at"));
    let region = at.and_then(|(x, y)| reader.region((x, y, 0.0, 0.0), &format!("{key}.at")));
    let geo = reader.need(value.geo, &format!("{key}.geo"));
    let name = reader.optional_text(value.name, &format!("{key}.name"));
    let (longitude, latitude) = geo?;
    if !are_degrees(longitude, latitude) {
        let (vi, en) = BAD_DEGREES;
        reader.problem("impossible-degrees", &format!("{key}.geo"), (vi.into(), en.into()), BAD_DEGREES_HINT);
        return None;
    }
    region?;
    Some(ControlPoint { at: at?, longitude, latitude, name })
}

fn read_annotation(reader: &mut Reader<'_>, file: Option<String>) -> Option<Annotation> {
    reader.file_path(file.clone(), FILE)?;
    let file = file?;
    let text = read_text(reader.pack.files, &file, &mut reader.findings)?;
    let (annotation, faults) = annotation::read(&text);
    for fault in &faults {
        let at = match fault {
            Fault::NotJson { line, column } => Some(LineColumn { line: *line, column: (*column).max(1) }),
            _ => None,
        };
        let place = Place { file: file.clone(), at, key_path: fault.place().to_owned(), ..Place::default() };
        let (code, message, hint) = said_of(fault);
        reader.tell(code, place, message, hint);
    }
    annotation.filter(|_| faults.is_empty())
}

/// Points of an annotation as fractions of its resource, which the picture may show at another size.
fn annotated_points(
    reader: &mut Reader<'_>,
    annotation: &Annotation,
    size: Option<(u32, u32)>,
) -> Option<Vec<ControlPoint>> {
    if !are_few(reader, annotation.points.len(), FILE) {
        return None;
    }
    let own = size.map(|(width, height)| [f64::from(width), f64::from(height)]);
    let [width, height] = annotation.size.or(own)?;
    let mut points = Vec::with_capacity(annotation.points.len());
    for m in &annotation.points {
        let at = (m.picture[0] / width, m.picture[1] / height);
        // Without a size in the annotation nobody has looked yet.
        reader.region((at.0, at.1, 0.0, 0.0), FILE)?;
        points.push(ControlPoint { at, longitude: m.longitude, latitude: m.latitude, name: None });
    }
    Some(points)
}

fn said_of(fault: &Fault) -> (&'static str, Said, Said) {
    let hint = Said::new(
        "Xuất lại từ Allmaps: một bản đồ trong một tệp Georeference Annotation.",
        "Export it again from Allmaps: one map in one file, a Georeference Annotation.",
    );
    let said = match fault {
        Fault::OutsidePicture { .. } => {
            let said = Said::new("Điểm này nằm ngoài ảnh.", "This point lies outside the picture.");
            let hint = Said::new(
                "Tọa độ tính theo điểm ảnh của width × height trong tệp.",
                "Points are counted in pixels of the width × height that the file tells.",
            );
            return ("outside-picture", said, hint);
        }
        Fault::ImpossibleDegrees { .. } => {
            let (said, hint) = (BAD_DEGREES, BAD_DEGREES_HINT);
            return ("impossible-degrees", Said::new(said.0, said.1), Said::new(hint.0, hint.1));
        }
        Fault::NotJson { .. } => Said::new("Tệp này không phải JSON.", "This is no JSON."),
        Fault::NoAnnotation => Said::new(
            "Tệp này không phải Annotation hay AnnotationPage.",
            "This is neither an Annotation nor an AnnotationPage.",
        ),
        Fault::SeveralMaps { count, .. } => {
            Said::new(format!("Tệp có {count} bản đồ."), format!("The file holds {count} maps."))
        }
        Fault::NoList { .. } => Said::new("Thiếu danh sách ở đây.", "A list is missing here."),
        Fault::NoPair { .. } => Said::new("Ở đây cần hai số.", "Two numbers are wanted here."),
        Fault::UnknownTransformation { found, .. } => {
            let found = shown(found);
            Said::new(format!("Không biết phép nắn “{found}”."), format!("The transformation “{found}” is not known."))
        }
    };
    ("bad-annotation", said, hint)
}

/// Tells why control points give no transform: at the point, or at the file they all come from.
fn tell_unfit(reader: &mut Reader<'_>, error: FitError, is_listed: bool) {
    let point = |index: usize| if is_listed { format!("{POINTS}[{index}]") } else { FILE.to_owned() };
    let all = if is_listed { POINTS } else { FILE }.to_owned();
    let (code, key, vi, en) = match error {
        FitError::TooFewPoints { needed, given } => (
            "too-few-points",
            all,
            format!("Phép nắn này cần ít nhất {needed} điểm khống chế, ở đây có {given}."),
            format!("This method needs at least {needed} control points; here are {given}."),
        ),
        FitError::SamePlace { first, second } => (
            "points-at-one-place",
            point(second),
            format!("Điểm khống chế {} và {} ở cùng một chỗ, trên ảnh hoặc trên Trái Đất.", first + 1, second + 1),
            format!("Control points {} and {} stand at one place, in the picture or on earth.", first + 1, second + 1),
        ),
        FitError::NotFinite { point: index } => {
            ("impossible-degrees", point(index), BAD_DEGREES.0.to_owned(), BAD_DEGREES.1.to_owned())
        }
        FitError::OnOneLine => (
            "points-on-a-line",
            all,
            "Các điểm khống chế nằm trên một đường thẳng.".to_owned(),
            "The control points lie on one line.".to_owned(),
        ),
        FitError::Undetermined => (
            "points-on-a-line",
            all,
            "Các điểm khống chế nằm trên một đường cong, không đủ cho phép nắn này.".to_owned(),
            "The control points lie on one curve, which is not enough for this method.".to_owned(),
        ),
        FitError::Mirrored => (
            "mirrored-map",
            all,
            "Theo các điểm này, bản đồ bị lật như trong gương.".to_owned(),
            "By these points the map is turned over, as in a mirror.".to_owned(),
        ),
        FitError::Folded => (
            "folded-map",
            all,
            "Theo các điểm này, bản đồ gập lên chính nó.".to_owned(),
            "By these points the map folds over itself.".to_owned(),
        ),
    };
    reader.problem(code, &key, (vi, en), unfit_hint(error));
}

fn unfit_hint(error: FitError) -> (&'static str, &'static str) {
    match error {
        FitError::TooFewPoints { .. } => {
            ("Thêm điểm hoặc chọn phép nắn đơn giản hơn.", "Add points or take a simpler method.")
        }
        FitError::SamePlace { .. } => {
            ("Bỏ một trong hai, hoặc sửa chỗ của nó.", "Take one of the two out, or mend its place.")
        }
        FitError::NotFinite { .. } => BAD_DEGREES_HINT,
        FitError::OnOneLine | FitError::Undetermined => {
            ("Thêm điểm ở những phần khác của bản đồ.", "Add points in other parts of the map.")
        }
        FitError::Mirrored => (
            "Viết kinh độ trước, vĩ độ sau; y trên ảnh tính từ trên xuống.",
            "Longitude comes before latitude; y counts from the top of the picture down.",
        ),
        FitError::Folded => (
            "Tìm điểm đặt sai chỗ hoặc hai điểm đổi chỗ nhau, hoặc chọn Polynomial1.",
            "Look for a misplaced point or two that were exchanged, or take Polynomial1.",
        ),
    }
}

pub fn printed_names(
    reader: &mut Reader<'_>,
    values: Option<Vec<schema::PrintedName>>,
    net: Net<'_>,
) -> Vec<PrintedName> {
    let mut names = Vec::new();
    for (index, value) in values.unwrap_or_default().into_iter().enumerate() {
        names.extend(printed_name(reader, value, net, &format!("kind.printed_names[{index}]")));
    }
    names
}

fn printed_name(reader: &mut Reader<'_>, value: schema::PrintedName, net: Net<'_>, key: &str) -> Option<PrintedName> {
    let place = reader.id(value.place, &format!("{key}.place"));
    let at = reader.need(value.at, &format!("{key}.at"));
    let region = at.and_then(|at| region_of(reader, at, net, &format!("{key}.at")));
    let text = reader.optional_words(value.text, &format!("{key}.text"));
    let sources = reader.sources(value.sources, &format!("{key}.sources"));
    Some(PrintedName { place: place?, at: region?.centre(), text, sources: sources? })
}
