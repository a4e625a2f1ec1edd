//! Platforms, projects, terms and routes in a file, as of schemas 1 and 2.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::schedule::{Fee, Lag};
use super::session::Activity;
use super::shape::{shape_enum, shape_struct};
use super::text::Text;
use crate::domain::ids::{PlatformId, ProjectId, RouteId, TermsId};
use crate::domain::money::{Currency, Money};
use crate::domain::span::DayRange;
use crate::domain::{platform, route, terms};

shape_struct! {
    /// A platform.
    Platform for platform::Platform {
        id: Text<PlatformId>,
        name: String,
        badge: String,
        hue: u32,
        kind: PlatformKind,
        currency: Text<Currency>,
        ;
        stages: Vec<DatedStage>,
        default_route: Option<Text<RouteId>>,
        preset: Option<String>,
        note: String,
        links: Vec<Link>,
        found_at: String,
        tax_form: Option<TaxForm>,
        needs_tracker: bool,
        self_reports: Option<bool>,
        checklist: Vec<Check>,
        quality: Vec<QualityNote>,
        files: Vec<AttachedFile>,
    }
}

shape_enum! {
    /// What kind of payer it is.
    PlatformKind for platform::PlatformKind { Contractor, DirectClient, Employer }
}

shape_enum! {
    /// Where it stands.
    Stage for platform::Stage { Considering, Applied, Assessing, Onboarding, Active, Dry, Paused, Ended }
}

shape_struct! {
    /// A stage from a day on.
    DatedStage for platform::DatedStage {
        from: Text<NaiveDate>,
        stage: Stage,
        ;
        ended_by: Option<EndedBy>,
        why: String,
    }
}

shape_enum! {
    /// Who ended it.
    EndedBy for platform::EndedBy { User, Platform }
}

shape_struct! {
    /// A web address with a name.
    Link for platform::Link {
        title: String,
        address: String,
    }
}

shape_struct! {
    /// A tax form handed in.
    TaxForm for platform::TaxForm {
        name: String,
        ;
        handed_in_on: Option<Text<NaiveDate>>,
    }
}

shape_struct! {
    /// A thing to do.
    Check for platform::Check {
        text: String,
        ;
        due_on: Option<Text<NaiveDate>>,
        done_on: Option<Text<NaiveDate>>,
    }
}

shape_struct! {
    /// What a platform said of the user's work.
    QualityNote for platform::QualityNote {
        on: Text<NaiveDate>,
        measure: QualityMeasure,
        ;
        project: Option<Text<ProjectId>>,
        value: Option<Text<Decimal>>,
        out_of: Option<Text<Decimal>>,
        note: String,
    }
}

shape_enum! {
    /// What was measured.
    QualityMeasure for platform::QualityMeasure { Score, ErrorRate, Acceptance, HandlingTime, Warning }
}

shape_struct! {
    /// A file that belongs to it.
    AttachedFile for platform::AttachedFile {
        title: String,
        path: String,
        added_on: Text<NaiveDate>,
    }
}

shape_struct! {
    /// A project.
    Project for platform::Project {
        id: Text<ProjectId>,
        platform: Text<PlatformId>,
        name: String,
        usual_activity: Activity,
        ;
        stages: Vec<DatedStage>,
        usual_task_type: Option<String>,
        expertise: Vec<String>,
        work_source: Option<String>,
        platform_fee_percent: Option<Text<Decimal>>,
        note: String,
    }
}

shape_struct! {
    /// Terms from a day on.
    Terms for terms::Terms {
        id: Text<TermsId>,
        project: Text<ProjectId>,
        currency: Text<Currency>,
        pay: Pay,
        ;
        from: Option<Text<NaiveDate>>,
        advertised: Option<Range>,
        held_percent: Option<Text<Decimal>>,
        cap_hours_a_day: Option<Text<Decimal>>,
        cap_hours_a_week: Option<Text<Decimal>>,
        missions: Vec<Mission>,
    }
}

shape_struct! {
    /// A bonus promised for so much work.
    Mission for terms::Mission {
        name: String,
        count: u32,
        amount: Text<Decimal>,
        days: Text<DayRange>,
    }
}

shape_enum! {
    /// What is paid for.
    Pay for terms::Pay {
        PerHour(rate: Text<Decimal>),
        PerTask(price: Text<Decimal>),
        PerUnit { unit: String, price: Text<Decimal>, },
        Milestones(milestones: Vec<Milestone>),
        BySession,
    }
}

shape_struct! {
    /// An agreed sum for an agreed result.
    Milestone for terms::Milestone {
        name: String,
        amount: Text<Decimal>,
        ;
        due_on: Option<Text<NaiveDate>>,
    }
}

shape_struct! {
    /// An advertised range.
    Range for terms::Range {
        low: Text<Decimal>,
        high: Text<Decimal>,
    }
}

shape_struct! {
    /// A route.
    Route for route::Route {
        id: Text<RouteId>,
        name: String,
        ;
        platform: Option<Text<PlatformId>>,
        steps: Vec<RouteStep>,
        landed_after_step: u32,
        minimum: Option<Text<Money>>,
        ceiling: Option<Text<Money>>,
        yearly_ceiling: Option<Text<Money>>,
    }
}

shape_struct! {
    /// One transfer of a route.
    RouteStep for route::RouteStep {
        to: String,
        ;
        transit: Option<Lag>,
        fee: Option<Fee>,
    }
}
