//! From the three texts of `assets/geodata` to a [`Sea`]. What is there has to be of the right form; whether it is
//! right and complete is for the gate to tell.

use super::places::{Day, Group, Kind, Name, Place, day_from_text};
use super::shapes::{Cuts, Polygon, Polyline, coast_of, line_of, mesh_of};
use super::{Layer, Sea, SeaError};
use serde_json::Value;

const WORLD: &str = "world.json";
const COAST: &str = "coast.json";
const PLACES: &str = "places.json";

pub(super) fn read(world_json: &str, coast_json: &str, places_json: &str) -> Result<Sea, SeaError> {
    let world = parse(WORLD, world_json)?;
    let coast = parse(COAST, coast_json)?;
    let cuts = cuts_of(&world)?;
    let outside = list(WORLD, &world, "polygons", polygon_of)?;
    let coarse = list(WORLD, &world, "coarse", polygon_of)?;
    let fine = list(COAST, &coast, "polygons", single_ring)?;
    let viet_nam = list(COAST, &coast, "viet_nam", single_ring)?;
    let layer = |inside: &Vec<Polygon>| {
        let all = || outside.iter().chain(inside);
        Layer { land: mesh_of(all()), coast: coast_of(all(), &cuts) }
    };
    Ok(Sea {
        world: layer(&coarse),
        region: layer(&fine),
        viet_nam: Layer { land: mesh_of(&viet_nam), coast: list(COAST, &coast, "viet_nam_coast", shore_of)? },
        places: places_of(places_json)?,
    })
}

fn parse(file: &'static str, text: &str) -> Result<Value, SeaError> {
    serde_json::from_str(text).map_err(|error| SeaError::NotJson { file, reason: error.to_string() })
}

fn malformed(file: &'static str, at: impl Into<String>) -> SeaError {
    SeaError::Malformed { file, at: at.into() }
}

/// Every entry of a list under a key, or the first that is not of its form.
fn list<T>(
    file: &'static str,
    value: &Value,
    key: &str,
    entry: impl Fn(&Value) -> Option<T>,
) -> Result<Vec<T>, SeaError> {
    let entries = value[key].as_array().ok_or_else(|| malformed(file, key))?;
    let read = |(index, value)| entry(value).ok_or_else(|| malformed(file, format!("{key}[{index}]")));
    entries.iter().enumerate().map(read).collect()
}

fn cuts_of(world: &Value) -> Result<Cuts, SeaError> {
    let cuts = &world["cuts"];
    Ok(Cuts {
        longitudes: list(WORLD, cuts, "longitudes", Value::as_f64)?,
        latitudes: list(WORLD, cuts, "latitudes", Value::as_f64)?,
    })
}

fn point_of(value: &Value) -> Option<[f64; 2]> {
    let [longitude, latitude] = value.as_array()?.as_slice() else { return None };
    let point = [longitude.as_f64()?, latitude.as_f64()?];
    // Longitudes run on over 180, see `frame`.
    ((-180.0..=360.0).contains(&point[0]) && (-90.0..=90.0).contains(&point[1])).then_some(point)
}

fn points_of(value: &Value, fewest: usize) -> Option<Vec<[f64; 2]>> {
    let points: Vec<[f64; 2]> = value.as_array()?.iter().map(point_of).collect::<Option<_>>()?;
    (points.len() >= fewest).then_some(points)
}

fn polygon_of(value: &Value) -> Option<Polygon> {
    let rings: Polygon = value.as_array()?.iter().map(|ring| points_of(ring, 3)).collect::<Option<_>>()?;
    (!rings.is_empty()).then_some(rings)
}

/// A polygon of `coast.json` is a ring without holes.
fn single_ring(value: &Value) -> Option<Polygon> {
    points_of(value, 3).map(|ring| vec![ring])
}

fn shore_of(value: &Value) -> Option<Polyline> {
    points_of(value, 2).map(|points| line_of(&points))
}

fn places_of(places_json: &str) -> Result<Vec<Place>, SeaError> {
    let value = parse(PLACES, places_json)?;
    let entries = value.as_array().ok_or_else(|| malformed(PLACES, "the whole"))?;
    let read = |(index, value): (usize, &Value)| {
        place_of(value)
            .ok_or_else(|| malformed(PLACES, value["id"].as_str().map_or(format!("[{index}]"), str::to_owned)))
    };
    entries.iter().enumerate().map(read).collect()
}

fn place_of(value: &Value) -> Option<Place> {
    let text = |key: &str| value[key].as_str().filter(|text| !text.trim().is_empty());
    let cluster = text("group")?;
    let dated_names = match &value["names"] {
        Value::Null => Vec::new(),
        names => names.as_array()?.iter().map(name_of).collect::<Option<_>>()?,
    };
    Some(Place {
        id: text("id")?.to_owned(),
        group: Group::from_text(cluster)?,
        cluster: cluster.to_owned(),
        kind: Kind::from_text(text("kind")?)?,
        degrees: point_of(&Value::from(vec![value["lon"].as_f64()?, value["lat"].as_f64()?]))?,
        name: name_of(value)?,
        dated_names,
    })
}

fn name_of(value: &Value) -> Option<Name> {
    let text = |key: &str| value[key].as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned);
    Some(Name { vi: text("vi")?, en: text("en")?, from: day_of(&value["from"])?, until: day_of(&value["until"])? })
}

/// No day at all is right; a text that is no day is not.
fn day_of(value: &Value) -> Option<Option<Day>> {
    match value {
        Value::Null => Some(None),
        other => other.as_str().and_then(day_from_text).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY_WORLD: &str = r#"{"cuts":{"longitudes":[],"latitudes":[]},"polygons":[],"coarse":[]}"#;
    const EMPTY_COAST: &str = r#"{"polygons":[],"viet_nam":[],"viet_nam_coast":[]}"#;

    fn at_of(world: &str, coast: &str, places: &str) -> String {
        match read(world, coast, places).expect_err("refused") {
            SeaError::Malformed { file, at } => format!("{file} {at}"),
            SeaError::NotJson { file, .. } => format!("{file} is not JSON"),
        }
    }

    #[test]
    fn an_empty_sea_can_be_read_and_a_broken_one_says_where() {
        let sea = read(EMPTY_WORLD, EMPTY_COAST, "[]").expect("read");
        assert!(sea.places.is_empty() && sea.world.coast.is_empty());
        assert_eq!(at_of("{", EMPTY_COAST, "[]"), "world.json is not JSON");
        assert_eq!(at_of("{}", EMPTY_COAST, "[]"), "world.json longitudes");
        let two_points = EMPTY_COAST.replace(r#""polygons":[]"#, r#""polygons":[[[1,2],[3,4]]]"#);
        assert_eq!(at_of(EMPTY_WORLD, &two_points, "[]"), "coast.json polygons[0]");
        let far = EMPTY_COAST.replace(r#""polygons":[]"#, r#""polygons":[[[1,2],[3,4],[5,91]]]"#);
        assert_eq!(at_of(EMPTY_WORLD, &far, "[]"), "coast.json polygons[0]");
        assert_eq!(at_of(EMPTY_WORLD, EMPTY_COAST, r#"[{"id":"p-a"}]"#), "places.json p-a");
        assert_eq!(at_of(EMPTY_WORLD, EMPTY_COAST, "{}"), "places.json the whole");
    }

    #[test]
    fn names_for_a_time_are_read_with_their_days() {
        let place = |names: &str| {
            format!(
                r#"[{{"id":"p-a","vi":"A","en":"A","group":"coast","kind":"City","lat":16,"lon":108,"names":{names}}}]"#
            )
        };
        let dated = place(r#"[{"vi":"B","en":"B","from":"2001-07-01","until":null}]"#);
        let sea = read(EMPTY_WORLD, EMPTY_COAST, &dated).expect("read");
        assert_eq!(sea.places[0].name_on(Some([2001, 7, 1])).vi, "B");
        assert_eq!(sea.places[0].name_on(Some([2001, 6, 30])).vi, "A");
        let wrong = place(r#"[{"vi":"B","en":"B","from":"summer"}]"#);
        assert_eq!(at_of(EMPTY_WORLD, EMPTY_COAST, &wrong), "places.json p-a");
    }
}
