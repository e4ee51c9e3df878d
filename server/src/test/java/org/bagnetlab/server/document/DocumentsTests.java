package org.bagnetlab.server.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents of the source tree, as a server shows them. */
class DocumentsTests {

  private static final Path TREE = Path.of("").toAbsolutePath().resolveSibling("docs");
  private static final Path TERMS =
      TREE.resolveSibling("web/src/main/resources/dashboard/js/terms/terms.js");
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
  private static final Pattern ID = Pattern.compile("id=\"([^\"]+)\"");

  @TempDir static Path data;
  static TestServer server;

  /** Every page that can be reached from the first one, by its address. */
  static final Map<String, String> PAGES = new LinkedHashMap<>();

  /** Each link, as the page that has it and its target. */
  static final List<String[]> LINKS = new ArrayList<>();

  @BeforeAll
  static void readAllPages() throws Exception {
    server = new TestServer(data);
    Deque<String> next = new ArrayDeque<>(List.of(Documents.ROOT));
    while (!next.isEmpty()) {
      String address = next.pop();
      if (PAGES.containsKey(address)) {
        continue;
      }
      HttpResponse<String> page = get(address);
      assertThat(page.statusCode()).as(address).isEqualTo(200);
      PAGES.put(address, page.body());
      for (MatchResult link : LINK.matcher(page.body()).results().toList()) {
        URI target = server.at(address).resolve(link.group(1));
        if (target.getHost().equals("127.0.0.1")) {
          LINKS.add(new String[] {address, link.group(1)});
          String path = target.getPath();
          if (path.startsWith(Documents.ROOT)
              && Documents.find(path).map(Documents.Found::isPage).orElse(true)) {
            next.add(path);
          }
        }
      }
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return server.sendUndescribed(path, HttpRequest.newBuilder().GET());
  }

  @Test
  void everyDocumentIsReachedFromTheFirstPage() throws Exception {
    List<String> written;
    try (Stream<Path> files = Files.walk(TREE)) {
      written =
          files
              .map(file -> "docs/" + TREE.relativize(file))
              .filter(file -> file.endsWith(".md"))
              .map(Documents::addressOf)
              .toList();
    }
    assertThat(PAGES.keySet())
        .containsAll(written)
        .contains("/docs/README", "/docs/CHANGELOG", "/docs/CONTRIBUTING", "/docs/docker");
  }

  @Test
  void noLinkIsBroken() throws Exception {
    Map<String, Integer> statuses = new LinkedHashMap<>();
    List<String> broken = new ArrayList<>();
    for (String[] link : LINKS) {
      URI target = server.at(link[0]).resolve(link[1]);
      String path = target.getPath();
      if (!statuses.containsKey(path)) {
        statuses.put(path, get(path).statusCode());
      }
      boolean there = Integer.valueOf(200).equals(statuses.get(path));
      boolean headingIsThere =
          target.getFragment() == null
              || ID.matcher(PAGES.getOrDefault(path, ""))
                  .results()
                  .anyMatch(id -> id.group(1).equals(target.getFragment()));
      if (!there || !headingIsThere) {
        broken.add(link[0] + " has a link to " + link[1]);
      }
    }
    assertThat(broken).isEmpty();
  }

  /** The dashboard explains its words, and refers to documents that say more. */
  @Test
  void everyTermLeadsToADocument() throws Exception {
    List<String> addresses =
        Pattern.compile("    at: '([^']+)',")
            .matcher(Files.readString(TERMS))
            .results()
            .map(at -> at.group(1))
            .toList();
    assertThat(addresses).hasSizeGreaterThan(15);
    for (String address : addresses) {
      String[] parts = address.split("#", 2);
      assertThat(PAGES).containsKey(parts[0]);
      if (parts.length == 2) {
        assertThat(PAGES.get(parts[0])).contains("id=\"%s\"".formatted(parts[1]));
      }
    }
  }

  @Test
  void linksToSourcesAreText() {
    assertThat(PAGES.get("/docs/controlled-15")).contains("Controlled15").doesNotContain(".java\"");
    assertThat(PAGES.values()).noneMatch(page -> page.contains("href=\"../"));
  }

  @Test
  void aPageHasTablesPicturesAndOneTitle() throws Exception {
    String readme = PAGES.getOrDefault("/docs/README", "");
    assertThat(readme)
        .contains("<title>Bagnet Lab · Bagnet Lab</title>", "<div class=\"scroll\" tabindex=\"0\">")
        .contains("<img src=\"/docs/images/comparison.png\" alt=\"The dashboard: Table 1");
    HttpResponse<String> picture = get("/docs/images/comparison.png");
    assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(get("/docs/checks/lab.py").headers().firstValue("Content-Type"))
        .contains("text/plain; charset=utf-8");
    PAGES.forEach(
        (address, page) ->
            assertThat(Pattern.compile("<h1").matcher(page).results()).as(address).hasSize(1));
  }

  @Test
  void addressesWithASlashAreTheSamePages() throws Exception {
    assertThat(get("/docs/").body()).isEqualTo(PAGES.get("/docs"));
    assertThat(get("/docs/decisions/").body()).isEqualTo(PAGES.get("/docs/decisions"));
  }

  @Test
  void nothingElseIsServed() throws Exception {
    for (String address :
        List.of(
            "/docs/weather",
            "/docs/images",
            "/docs/claims.md",
            "/docs/docs/claims",
            "/docs/decisions/README",
            "/docs/..%2f..%2fdashboard/index.html",
            "/docs//etc/passwd",
            "/docsx")) {
      assertThat(get(address).statusCode()).as(address).isEqualTo(404);
    }
  }

  /** A link may be old, and whoever follows it reads no JSON. */
  @Test
  void aMissingDocumentIsAPageThatLeadsToTheOthers() throws Exception {
    HttpResponse<String> missing = get("/docs/nonsense");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(missing.body()).contains("<h1", "No such document", "href=\"/docs\">all documents");
  }

  @Test
  void whatIsForAuthorsIsNotShown() throws Exception {
    String markdown = Files.readString(TREE.resolve("decisions/0018-paired-differences.md"));
    assertThat(markdown).contains("<!-- numbers");
    assertThat(new Page("docs/decisions/0018-paired-differences.md", markdown).html())
        .contains("Two tests must agree")
        .doesNotContain("numbers\nin 0018", "&lt;!--");
  }
}
