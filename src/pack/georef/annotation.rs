//! Reads the control points of a IIIF Georeference Annotation, as Allmaps writes them. The mask of the map, the names of
//! its resource and whatever else stands there are not looked at.

use super::{Match, Method, Point, are_degrees};
use serde_json::Value;

#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// Polynomial1 where the text leaves the choice to us.
    pub method: Method,
    /// Width and height of the resource that the points are counted in; none when the text does not tell them.
    pub size: Option<Point>,
    /// In pixels of that resource.
    pub points: Vec<Match>,
}

/// What is wrong with an annotation. `at` are the keys that lead there, `body.features[2].geometry`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("line {line}, column {column}: this is no JSON")]
    NotJson { line: usize, column: usize },
    #[error("this is neither an Annotation nor an AnnotationPage")]
    NoAnnotation,
    #[error("{at}: there are {count} maps, one is wanted")]
    SeveralMaps { at: String, count: usize },
    #[error("{at}: a list is missing here")]
    NoList { at: String },
    #[error("{at}: two numbers are wanted here")]
    NoPair { at: String },
    #[error("{at}: the transformation “{found}” is not known")]
    UnknownTransformation { at: String, found: String },
    #[error("{at}: this point lies outside the picture")]
    OutsidePicture { at: String },
    #[error("{at}: there is no such place on earth")]
    ImpossibleDegrees { at: String },
}

impl Fault {
    /// The keys that lead to it; empty for the text as a whole.
    pub fn place(&self) -> &str {
        match self {
            Self::NotJson { .. } | Self::NoAnnotation => "",
            Self::SeveralMaps { at, .. }
            | Self::NoList { at }
            | Self::NoPair { at }
            | Self::UnknownTransformation { at, .. }
            | Self::OutsidePicture { at }
            | Self::ImpossibleDegrees { at } => at,
        }
    }
}

/// The annotation as far as it can be read, and everything that is wrong with it.
pub fn read(text: &str) -> (Option<Annotation>, Vec<Fault>) {
    let whole: Value = match serde_json::from_str(text) {
        Ok(whole) => whole,
        Err(error) => return (None, vec![Fault::NotJson { line: error.line(), column: error.column() }]),
    };
    let mut faults = Vec::new();
    let Some((annotation, at)) = only_map(&whole, &mut faults) else { return (None, faults) };
    let size = size_of(&annotation["target"]["source"]);
    let body = &annotation["body"];
    let method = method_of(&body["transformation"], &format!("{at}body.transformation"), &mut faults);
    let mut points = Vec::new();
    let at = format!("{at}body.features");
    match body["features"].as_array() {
        Some(features) => {
            for (index, feature) in features.iter().enumerate() {
                points.extend(point_of(feature, size, &format!("{at}[{index}]"), &mut faults));
            }
        }
        None => faults.push(Fault::NoList { at }),
    }
    (method.map(|method| Annotation { method, size, points }), faults)
}

/// The annotation and the keys that lead to it, with a point behind them.
fn only_map<'v>(whole: &'v Value, faults: &mut Vec<Fault>) -> Option<(&'v Value, &'static str)> {
    match whole["type"].as_str() {
        Some("Annotation") => return Some((whole, "")),
        Some("AnnotationPage") => {}
        _ => {
            faults.push(Fault::NoAnnotation);
            return None;
        }
    }
    let items = whole["items"].as_array();
    match items.map_or(0, Vec::len) {
        0 => faults.push(Fault::NoList { at: "items".to_owned() }),
        1 => {}
        // One picture of a pack is one map; of several the first would be a guess.
        count => faults.push(Fault::SeveralMaps { at: "items".to_owned(), count }),
    }
    Some((items?.first()?, "items[0]."))
}

fn size_of(source: &Value) -> Option<Point> {
    let length = |key: &str| source[key].as_f64().filter(|length| *length > 0.0);
    Some([length("width")?, length("height")?])
}

fn method_of(transformation: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Method> {
    if transformation.is_null() {
        return Some(Method::Polynomial1);
    }
    let kind = transformation["type"].as_str().unwrap_or_default();
    let order = transformation["options"]["order"].as_u64();
    let method = match (kind, order) {
        ("helmert", _) => Method::Helmert,
        ("thinPlateSpline", _) => Method::ThinPlateSpline,
        ("polynomial", None | Some(1)) | ("polynomial1", _) => Method::Polynomial1,
        ("polynomial", Some(2)) | ("polynomial2", _) => Method::Polynomial2,
        ("polynomial", Some(3)) | ("polynomial3", _) => Method::Polynomial3,
        _ => {
            let order = order.map(|order| format!(" {order}")).unwrap_or_default();
            faults.push(Fault::UnknownTransformation { at: at.to_owned(), found: format!("{kind}{order}") });
            return None;
        }
    };
    Some(method)
}

fn point_of(feature: &Value, size: Option<Point>, at: &str, faults: &mut Vec<Fault>) -> Option<Match> {
    let properties = &feature["properties"];
    // The name of older annotations.
    let key = if properties["pixelCoords"].is_array() { "pixelCoords" } else { "resourceCoords" };
    let in_picture = format!("{at}.properties.{key}");
    let on_earth = format!("{at}.geometry.coordinates");
    let picture = pair(&properties[key], &in_picture, faults);
    let place = pair(&feature["geometry"]["coordinates"], &on_earth, faults);
    if let Some(([x, y], [width, height])) = picture.zip(size)
        && !((0.0..=width).contains(&x) && (0.0..=height).contains(&y))
    {
        faults.push(Fault::OutsidePicture { at: in_picture });
    }
    let (picture, [longitude, latitude]) = (picture?, place?);
    if !are_degrees(longitude, latitude) {
        faults.push(Fault::ImpossibleDegrees { at: on_earth });
    }
    Some(Match { picture, longitude, latitude })
}

/// The first two numbers of a list; a height may follow.
fn pair(value: &Value, at: &str, faults: &mut Vec<Fault>) -> Option<Point> {
    let number = |index: usize| value.get(index).and_then(Value::as_f64);
    let pair = number(0).zip(number(1)).map(|(first, second)| [first, second]);
    if pair.is_none() {
        faults.push(Fault::NoPair { at: at.to_owned() });
    }
    pair
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEATURE: &str = r#"{"type": "Feature", "properties": {"resourceCoords": [100, 50]},
        "geometry": {"type": "Point", "coordinates": [108.2, 16.1]}}"#;

    fn annotation(transformation: &str, features: &str) -> String {
        format!(
            r#"{{"type": "Annotation", "motivation": "georeferencing",
                "target": {{"type": "SpecificResource", "source": {{"width": 400, "height": 300}},
                    "selector": {{"type": "SvgSelector", "value": "<svg><polygon points=\"0,0 4,0 4,3\"/></svg>"}}}},
                "body": {{"type": "FeatureCollection", {transformation} "features": [{features}]}}}}"#
        )
    }

    fn told(text: &str) -> Vec<String> {
        read(text).1.iter().map(Fault::to_string).collect()
    }

    #[test]
    fn a_point_is_read_with_its_size_and_method() {
        let (found, faults) = read(&annotation(r#""transformation": {"type": "thinPlateSpline"},"#, FEATURE));
        let points = vec![Match { picture: [100.0, 50.0], longitude: 108.2, latitude: 16.1 }];
        let wanted = Annotation { method: Method::ThinPlateSpline, size: Some([400.0, 300.0]), points };
        assert_eq!((found, faults), (Some(wanted), Vec::new()));
    }

    #[test]
    fn a_page_of_one_map_and_older_names_are_read() {
        let old = annotation("", &FEATURE.replace("resourceCoords", "pixelCoords"));
        let (found, faults) = read(&format!(r#"{{"type": "AnnotationPage", "items": [{old}]}}"#));
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(found.map(|found| (found.method, found.points.len())), Some((Method::Polynomial1, 1)));
    }

    #[test]
    fn transformations_are_known_by_type_and_order() {
        let cases = [
            (r#"{"type": "helmert"}"#, Some(Method::Helmert)),
            (r#"{"type": "polynomial"}"#, Some(Method::Polynomial1)),
            (r#"{"type": "polynomial", "options": {"order": 2}}"#, Some(Method::Polynomial2)),
            (r#"{"type": "polynomial3"}"#, Some(Method::Polynomial3)),
            (r#"{"type": "polynomial", "options": {"order": 4}}"#, None),
            (r#"{"type": "projective"}"#, None),
        ];
        for (transformation, method) in cases {
            let text = annotation(&format!(r#""transformation": {transformation},"#), FEATURE);
            assert_eq!(read(&text).0.map(|found| found.method), method, "{transformation}");
        }
        let text = annotation(r#""transformation": {"type": "polynomial", "options": {"order": 4}},"#, FEATURE);
        assert_eq!(told(&text), ["body.transformation: the transformation “polynomial 4” is not known"]);
    }

    #[test]
    fn everything_wrong_is_told_with_its_place() {
        let features = [
            r#"{"properties": {"resourceCoords": [100]}, "geometry": {"coordinates": ["108", 16]}}"#,
            r#"{"properties": {"resourceCoords": [401, 50]}, "geometry": {"coordinates": [16.1, 108.2]}}"#,
            "7",
        ];
        assert_eq!(
            told(&annotation("", &features.join(","))),
            [
                "body.features[0].properties.resourceCoords: two numbers are wanted here",
                "body.features[0].geometry.coordinates: two numbers are wanted here",
                "body.features[1].properties.resourceCoords: this point lies outside the picture",
                "body.features[1].geometry.coordinates: there is no such place on earth",
                "body.features[2].properties.resourceCoords: two numbers are wanted here",
                "body.features[2].geometry.coordinates: two numbers are wanted here",
            ]
        );
    }

    #[test]
    fn what_is_no_annotation_is_told_so() {
        assert_eq!(told("{"), ["line 1, column 1: this is no JSON"]);
        for text in ["{}", "[]", "3", r#"{"type": "Manifest"}"#] {
            assert_eq!(read(text), (None, vec![Fault::NoAnnotation]), "{text}");
        }
        assert_eq!(told(r#"{"type": "Annotation"}"#), ["body.features: a list is missing here"]);
        assert_eq!(told(r#"{"type": "AnnotationPage"}"#), ["items: a list is missing here"]);
        let one = annotation("", FEATURE);
        let page = format!(r#"{{"type": "AnnotationPage", "items": [{one}, {one}]}}"#);
        assert_eq!(told(&page), ["items: there are 2 maps, one is wanted"]);
    }
}
