//! The tables of a lake and their columns; docs/lake.md tells what they hold.

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use std::sync::Arc;

/// The tables of a lake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    Event,
    Visit,
    ItemVisit,
    DayVisit,
    DayLength,
    DayItem,
    DayDwell,
    DayPath,
    DaySequence,
    /// The kiosks that a question is about.
    Placement,
}

impl Table {
    /// Those made from the records.
    pub const DERIVED: [Self; 8] = [
        Self::Visit,
        Self::ItemVisit,
        Self::DayVisit,
        Self::DayLength,
        Self::DayItem,
        Self::DayDwell,
        Self::DayPath,
        Self::DaySequence,
    ];

    /// Daily sums, which questions add up.
    pub fn is_rolled_up(self) -> bool {
        !matches!(self, Self::Event | Self::Visit | Self::ItemVisit | Self::Placement)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Visit => "visit",
            Self::ItemVisit => "item_visit",
            Self::DayVisit => "day_visit",
            Self::DayLength => "day_length",
            Self::DayItem => "day_item",
            Self::DayDwell => "day_dwell",
            Self::DayPath => "day_path",
            Self::DaySequence => "day_sequence",
            Self::Placement => "placement",
        }
    }

    fn columns(self) -> &'static [Column] {
        match self {
            Self::Event => EVENT,
            Self::Visit => VISIT,
            Self::ItemVisit => ITEM_VISIT,
            Self::DayVisit => DAY_VISIT,
            Self::DayLength => DAY_LENGTH,
            Self::DayItem => DAY_ITEM,
            Self::DayDwell => DAY_DWELL,
            Self::DayPath => DAY_PATH,
            Self::DaySequence => DAY_SEQUENCE,
            Self::Placement => PLACEMENT,
        }
    }

    pub fn schema(self) -> SchemaRef {
        let field = |column: &Column| Field::new(column.name, column.kind.of_arrow(), column.may_be_empty);
        Arc::new(Schema::new(self.columns().iter().map(field).collect::<Vec<_>>()))
    }

    /// The same with text as it travels between machines: a view would drag along the text of all rows it was cut from.
    #[cfg(feature = "cluster")]
    pub fn schema_to_send(self) -> SchemaRef {
        let field = |column: &Column| {
            let kind = if matches!(column.kind, Kind::Text) { DataType::Utf8 } else { column.kind.of_arrow() };
            Field::new(column.name, kind, column.may_be_empty)
        };
        Arc::new(Schema::new(self.columns().iter().map(field).collect::<Vec<_>>()))
    }
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Text,
    Long,
    Int,
    /// Days since 1970.
    Day,
    Truth,
}

impl Kind {
    fn of_arrow(self) -> DataType {
        match self {
            Self::Text => DataType::Utf8View,
            Self::Long => DataType::Int64,
            Self::Int => DataType::Int32,
            Self::Day => DataType::Date32,
            Self::Truth => DataType::Boolean,
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Column {
    name: &'static str,
    kind: Kind,
    may_be_empty: bool,
}

const fn always(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, may_be_empty: false }
}

const fn maybe(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, may_be_empty: true }
}

const EVENT: &[Column] = &[
    always("kiosk", Kind::Text),
    always("sequence", Kind::Long),
    always("boot", Kind::Text),
    always("monotonic_millis", Kind::Long),
    always("wall_millis", Kind::Long),
    always("visit", Kind::Text),
    always("kind", Kind::Text),
    always("subject", Kind::Text),
    always("detail", Kind::Text),
    always("amount", Kind::Long),
];
const VISIT: &[Column] = &[
    always("kiosk", Kind::Text),
    maybe("day", Kind::Day),
    maybe("hour", Kind::Int),
    always("first_sequence", Kind::Long),
    always("millis", Kind::Long),
    always("ending", Kind::Text),
    always("items", Kind::Int),
    always("finished", Kind::Truth),
    always("narrations_heard", Kind::Int),
    always("sources", Kind::Int),
    always("language", Kind::Text),
    always("last_item", Kind::Text),
];
const ITEM_VISIT: &[Column] = &[
    always("kiosk", Kind::Text),
    maybe("day", Kind::Day),
    maybe("hour", Kind::Int),
    always("item", Kind::Text),
    always("previous_item", Kind::Text),
    always("dwell_millis", Kind::Long),
    maybe("zoom_percent", Kind::Long),
    always("narrations_begun", Kind::Int),
    always("narrations_heard", Kind::Int),
    always("sources", Kind::Int),
    always("abandoned", Kind::Truth),
];
const DAY_VISIT: &[Column] = &[
    always("kiosk", Kind::Text),
    always("day", Kind::Day),
    always("hour", Kind::Int),
    always("language", Kind::Text),
    always("visits", Kind::Long),
    always("millis", Kind::Long),
    always("finished", Kind::Long),
    always("with_items", Kind::Long),
];
const DAY_LENGTH: &[Column] = &[
    always("kiosk", Kind::Text),
    always("day", Kind::Day),
    always("seconds", Kind::Long),
    always("visits", Kind::Long),
];
const DAY_ITEM: &[Column] = &[
    always("kiosk", Kind::Text),
    always("day", Kind::Day),
    always("item", Kind::Text),
    always("openings", Kind::Long),
    always("narrations_begun", Kind::Long),
    always("narrations_heard", Kind::Long),
    always("sources", Kind::Long),
    always("abandoned", Kind::Long),
];
const DAY_DWELL: &[Column] = &[
    always("kiosk", Kind::Text),
    always("day", Kind::Day),
    always("item", Kind::Text),
    always("measure", Kind::Text),
    always("value", Kind::Long),
    always("times", Kind::Long),
];
const DAY_PATH: &[Column] = &[
    always("kiosk", Kind::Text),
    always("day", Kind::Day),
    always("from_item", Kind::Text),
    always("to_item", Kind::Text),
    always("times", Kind::Long),
];
const DAY_SEQUENCE: &[Column] = &[
    always("kiosk", Kind::Text),
    always("day", Kind::Day),
    always("first_sequence", Kind::Long),
    always("last_sequence", Kind::Long),
];
const PLACEMENT: &[Column] = &[
    always("kiosk", Kind::Text),
    always("first_day", Kind::Day),
    always("last_day", Kind::Day),
    always("atom", Kind::Int),
    always("below", Kind::Int),
];
