//! Every page in both languages and themes, every link, every table.

use super::client::{Answer, Client};
use super::server::Server;
use std::collections::{BTreeSet, VecDeque};

const PAGES: [&str; 5] = ["overview", "items", "places", "kiosks", "reports"];
const UNITS: [&str; 5] = ["nation", "province-1", "commune-1.1", "school-1.1.1", "kiosk-1.1.1.k1"];

fn assert_sound(path: &str, answer: &Answer, language: &str) {
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    let text = answer.text();
    assert!(text.starts_with("<!DOCTYPE html>"), "{path}");
    assert!(text.contains(&format!("<html lang=\"{language}\"")), "{path}");
    assert_eq!(text.matches("<h1").count(), 1, "{path}");
    assert!(text.contains("class=\"skip\" href=\"#main\"") && text.contains("id=\"main\""), "{path}");
    for inline in ["<style", " style=\"", "javascript:", " onclick", " onload", "http://", "https://"] {
        let ours = text.replace("http://www.w3.org/2000/svg", "");
        assert!(!ours.contains(inline), "{path}: {inline}");
    }
    assert_eq!(text.matches("<script").count(), text.matches("<script src=\"/static/").count(), "{path}");
    let ids = answer.attributes("id");
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{path}: an id twice");
}

#[test]
fn every_page_of_every_level_stands_in_both_languages_and_themes() {
    let server = Server::open();
    for theme in ["light", "dark"] {
        let mut client = server.client();
        let token = client.get("/vi/overview/nation").token();
        let answer = client.post("/vi/theme", &[("token", &token), ("to", theme), ("back", "/en/items/nation")]);
        assert_eq!((answer.status, answer.header("location")), (303, Some("/en/items/nation")));
        for language in ["vi", "en"] {
            for page in PAGES {
                for unit in UNITS {
                    let path = format!("/{language}/{page}/{unit}");
                    let answer = client.get(&path);
                    assert_sound(&path, &answer, language);
                    assert!(answer.text().contains(&format!("data-theme=\"{theme}\"")), "{path}");
                }
            }
        }
    }
}

#[test]
fn pages_tell_that_the_list_of_places_is_faulty_while_it_is() {
    let (faulty, sound) = (Server::with_place_errors(3), Server::open());
    for (path, words) in [
        ("/vi/overview/nation", "Danh mục địa điểm có 3 lỗi"),
        ("/en/kiosks/province-1", "The list of places has 3 errors"),
    ] {
        assert!(faulty.client().get(path).text().contains(words), "{path}");
        assert!(!sound.client().get(path).text().contains("places check"), "{path}");
    }
}

/// Pages from which a walk begins; it follows links to each address once.
fn walk(client: &mut Client, starts: &[&str], most: usize) -> usize {
    let mut waiting: VecDeque<String> = starts.iter().map(|start| (*start).to_owned()).collect();
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut visited = 0;
    while let Some(path) = waiting.pop_front() {
        visited += 1;
        let answer = client.get(&path);
        let redirected = answer.status == 303;
        assert!(answer.status == 200 || redirected, "{path}: {}", answer.status);
        let links = match answer.header("content-type") {
            Some(kind) if kind.starts_with("text/html") && !path.contains("/report/") => {
                [answer.attributes("href"), answer.attributes("src")].concat()
            }
            _ => answer.header("location").map(str::to_owned).into_iter().collect(),
        };
        for link in links {
            let link = link.split('#').next().expect("a part").to_owned();
            assert!(link.is_empty() || link.starts_with('/'), "{path} leads to {link}");
            if !link.is_empty() && seen.len() < most && seen.insert(link.clone()) {
                waiting.push_back(link);
            }
        }
    }
    visited
}

#[test]
fn every_link_leads_somewhere() {
    let server = Server::open();
    let visited = walk(&mut server.client(), &["/", "/vi/overview/kiosk-1.1.1.k1", "/en/kiosks/school-1.1.1"], 2500);
    assert!(visited > 1000, "only {visited}");
}

#[test]
fn every_link_that_an_account_sees_may_be_followed() {
    let server = Server::with_accounts();
    for name in ["tinh-1", "truong-1"] {
        let visited = walk(&mut server.signed_in(name), &["/vi"], 500);
        assert!(visited > 100, "{name}: only {visited}");
    }
}

#[test]
fn the_first_page_speaks_the_browsers_language() {
    let server = Server::open();
    let mut client = server.client();
    assert_eq!(client.get("/").header("location"), Some("/vi"));
    let answer = client.send("GET", "/", &[("Accept-Language", "en-GB,en;q=0.9")], "");
    assert_eq!(answer.header("location"), Some("/en"));
    let answer = client.get("/en");
    assert_eq!(answer.header("location"), Some("/en/overview/nation?period=school-year"));
}

#[test]
fn hidden_counts_are_shown_as_hidden_and_explained() {
    let server = Server::open();
    let text = server.client().get("/vi/items/nation").text();
    assert!(text.contains("&lt;\u{a0}5") && text.contains("dưới 5") && text.contains("không công bố"));
    assert!(text.contains("số quá nhỏ nên được ẩn"));
    assert!(text.contains("bia-chu-quyen"), "an item without a title shows its id");
    let text = server.client().get("/en/items/nation").text();
    assert!(text.contains("too small to be shown"));
}

#[test]
fn a_running_period_is_whole_and_told_up_to_today() {
    let server = Server::open();
    let mut client = server.client();
    let text = client.get("/vi/overview/nation").text();
    assert!(
        text.contains("Năm học 2026–2027")
            && text.contains("từ 05/09/2026 đến 20/11/2026 (hôm nay; kỳ kết thúc ngày 31/05/2027)")
    );
    assert!(text.contains("lượt (cả kỳ)") && !text.contains("so với"), "a running period is not compared");
    let text = client.get("/en/overview/nation?period=six-months&on=2026-03-01").text();
    assert!(text.contains("First half of 2026") && text.contains("from 1 Jan 2026 to 30 Jun 2026"));
    assert!(text.contains("+12%") && text.contains("on the whole period before"));
    let text = client.get("/vi/overview/kiosk-1.1.1.k1?period=own&first=2026-11-18&last=2026-11-18").text();
    assert!(text.contains("ngày 18/11/2026"));
    let bad = [
        "period=own&first=2026-11-18&last=2026-11-17",
        "period=own&first=18/11/2026&last=x",
        "period=never",
        "period=year&on=2027-01-01",
        "period=own&first=2030-01-01&last=2030-02-01",
    ];
    for bad in bad {
        let answer = client.get(&format!("/vi/overview/nation?{bad}"));
        assert_eq!(answer.status, 400, "{bad}");
        assert!(answer.text().contains("Hãy chọn") || answer.text().contains("Ngày viết năm-tháng-ngày"), "{bad}");
    }
}

#[test]
fn a_week_that_is_clicked_on_has_no_empty_charts() {
    let server = Server::open();
    let mut client = server.client();
    let own = "period=own&first=2026-10-05&last=2026-10-11";
    let text = client.get(&format!("/vi/overview/province-1?{own}")).text();
    assert_eq!(text.matches("không công bố cho những ngày này").count(), 1);
    for false_word in ["Chưa có số liệu trong kỳ này", "0,0", "Giờ màn hình có người"] {
        assert!(!text.contains(false_word), "{false_word}");
    }
    let text = client.get(&format!("/vi/items/province-1?{own}")).text();
    assert!(text.contains("không công bố cho những ngày này") && !text.contains("<table"));
}

#[test]
fn tables_are_searched_sorted_and_filtered_without_a_script() {
    let server = Server::open();
    let mut client = server.client();
    let text = client.get("/vi/places/nation?q=tinh+mau+02").text();
    assert!(text.contains("Tỉnh mẫu 02") && !text.contains("Tỉnh mẫu 03"));
    let text = client.get("/vi/places/nation?q=nha+van+hoa").text();
    assert!(text.contains("Tìm thấy ở các cấp dưới") && text.contains("Nhà văn hóa phường mẫu"));
    let text = client.get("/vi/items/nation?sort=title&order=up").text();
    assert!(text.contains("aria-sort=\"ascending\""));
    let (first, second) = (text.find("An Nam đại quốc"), text.find("Từ Lý Sơn"));
    assert!(first < second);
    let all = client.get("/vi/kiosks/nation").text();
    let marked = client.get("/vi/kiosks/nation?show=marked").text();
    assert!(all.matches("<tr").count() > marked.matches("<tr").count());
    assert!(marked.contains("Chuỗi bản ghi bị đứt"));
    let odd =
        client.get("/vi/items/nation?q=%3Cscript%3Ealert(1)%3C/script%3E&sort=none&order=down&sheet=99999").text();
    assert!(odd.contains("Không có dòng nào") && !odd.contains("<script>alert"));
}

#[test]
fn every_table_downloads_as_csv() {
    let server = Server::open();
    let mut client = server.client();
    let names =
        ["key", "weeks", "days", "hours", "lengths", "languages", "items", "paths", "places", "kiosks", "journals"];
    for name in names {
        for language in ["vi", "en"] {
            let answer = client.get(&format!("/{language}/table/province-1/{name}.csv?period=year"));
            assert_eq!(answer.status, 200, "{name}");
            assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
            let file = format!("attachment; filename=\"haidang-{name}-province-1-2026-01-01-2026-11-20.csv\"");
            assert_eq!(answer.header("content-disposition"), Some(file.as_str()));
            assert!(answer.text().starts_with('\u{feff}') && answer.text().contains("\r\n"), "{name}");
        }
    }
    assert_eq!(client.get("/vi/table/nation/secrets.csv").status, 404);
    assert_eq!(client.get("/vi/table/nation/items").status, 404);
}

#[test]
fn reports_come_from_the_same_figures() {
    let server = Server::open();
    let mut client = server.client();
    let answer = client.get("/vi/report/school-1.1.1/pdf?period=year");
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/pdf")));
    assert!(answer.text().contains("Trường THCS mẫu 01"));
    assert_eq!(client.get("/vi/report/nation/exe").status, 404);
}

#[test]
fn assets_may_be_kept_and_pages_may_not() {
    let server = Server::open();
    let mut client = server.client();
    let page = client.get("/vi/overview/nation");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let style = page.attributes("href").into_iter().find(|link| link.contains("dashboard.css")).expect("a style");
    let answer = client.get(&style);
    assert_eq!(answer.header("content-type"), Some("text/css; charset=utf-8"));
    assert!(answer.header("cache-control").is_some_and(|keep| keep.contains("immutable")));
    for font in answer.text().split("url(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert_eq!(client.get(font).status, 200, "{font}");
    }
}
