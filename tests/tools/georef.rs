//! Control points into transforms: the same numbers as an independent implementation has, and annotations as others
//! write them.

use haidang::pack::georef::annotation::{self, Fault};
use haidang::pack::georef::{Errors, Match, Method, Point, Transform};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Kilometres, or degrees: relative to what is larger than 1 of them.
const WITHIN: f64 = 1e-6;

fn text_of(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/georef").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn point(value: &Value) -> Point {
    [number(&value[0]), number(&value[1])]
}

fn match_of(value: &Value) -> Match {
    Match { picture: point(value), longitude: number(&value[2]), latitude: number(&value[3]) }
}

fn method_of(fit: &Value) -> Method {
    match fit["method"].as_str().expect("a method") {
        "Helmert" => Method::Helmert,
        "Polynomial1" => Method::Polynomial1,
        "Polynomial2" => Method::Polynomial2,
        "Polynomial3" => Method::Polynomial3,
        "ThinPlateSpline" => Method::ThinPlateSpline,
        other => panic!("{other}"),
    }
}

fn is_near(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() <= WITHIN * wanted.abs().max(1.0)
}

/// Where one fit of the reference and ours differ.
fn differences(matches: &[Match], grid: &[Value], fit: &Value) -> Vec<String> {
    let transform = match Transform::fit(matches, method_of(fit)) {
        Ok(transform) => transform,
        Err(error) => return vec![error.to_string()],
    };
    let errors = Errors::of(&transform, matches);
    let mut told = Vec::new();
    for (found, wanted) in errors.residual_kilometres.iter().zip(list(&fit["residual_kilometres"])) {
        if !is_near(*found, number(wanted)) {
            told.push(format!("residual {found}, wanted {wanted}"));
        }
    }
    for (found, wanted) in errors.cross_kilometres.iter().zip(list(&fit["cross_kilometres"])) {
        let same = match (found, wanted.as_f64()) {
            (Some(found), Some(wanted)) => is_near(*found, wanted),
            (found, wanted) => found.is_none() && wanted.is_none(),
        };
        if !same {
            told.push(format!("left out {found:?}, wanted {wanted}"));
        }
    }
    for (pixels, wanted) in grid.iter().zip(list(&fit["grid_degrees"])) {
        let (found, wanted) = (transform.degrees_from_picture(point(pixels)), point(wanted));
        if !is_near(found[0], wanted[0]) || !is_near(found[1], wanted[1]) {
            told.push(format!("{pixels} comes to {found:?}, wanted {wanted:?}"));
        }
    }
    told
}

#[test]
fn an_independent_implementation_has_the_same_numbers() {
    let reference: Value = serde_json::from_str(&text_of("reference.json")).expect("JSON");
    let mut fits = 0;
    let mut failures = String::new();
    for case in list(&reference["cases"]) {
        let matches: Vec<Match> = list(&case["points"]).iter().map(match_of).collect();
        for fit in list(&case["fits"]) {
            fits += 1;
            for line in differences(&matches, list(&case["grid"]), fit) {
                failures += &format!("{} {}: {line}\n", case["name"], fit["method"]);
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(fits >= 30, "{fits}");
}

#[test]
fn annotations_of_others_are_read_and_fitted() {
    for (file, method) in
        [("annotation-page.json", Method::Polynomial1), ("annotation-older.json", Method::ThinPlateSpline)]
    {
        let (annotation, faults) = annotation::read(&text_of(file));
        assert!(faults.is_empty(), "{file}: {faults:?}");
        let annotation = annotation.expect("an annotation");
        assert_eq!((annotation.method, annotation.size), (method, Some([3000.0, 2000.0])), "{file}");
        let transform = Transform::fit(&annotation.points, method).expect("fitted");
        let told = Errors::of(&transform, &annotation.points).told_kilometres().expect("points enough");
        assert!(told > 0.1 && told < 60.0, "{file}: {told}");
    }
}

#[test]
fn everything_wrong_with_an_annotation_is_told() {
    let (annotation, faults) = annotation::read(&text_of("annotation-broken.json"));
    assert!(annotation.is_none());
    let told: Vec<String> = faults.iter().map(Fault::to_string).collect();
    assert_eq!(
        told,
        [
            "items[0].body.transformation: the transformation “projective” is not known",
            "items[0].body.features[1].properties.resourceCoords: two numbers are wanted here",
            "items[0].body.features[2].geometry.coordinates: there is no such place on earth",
            "items[0].body.features[3].properties.resourceCoords: this point lies outside the picture",
            "items[0].body.features[4].geometry.coordinates: two numbers are wanted here",
        ]
    );
}
