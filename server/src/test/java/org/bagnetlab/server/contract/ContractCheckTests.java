package org.bagnetlab.server.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.bagnetlab.protocol.Json;
import org.junit.jupiter.api.Test;

/** What is not as the contract says is found, whatever it is. */
class ContractCheckTests {

  private static final String JOB =
      """
      {"id": 7, "title": "Evaluate run 1", "state": "QUEUED", "priority": 0,
       "createdAt": "2026-01-02T03:04:05Z",
       "spec": {"kind": "evaluate", "run": 1, "subsetSeed": 1, "scrambleSeed": 2}}
      """;
  private static final String EVALUATION = "{\"kind\": \"evaluate\", \"run\": 1}";
  private static final String HELD =
      """
      {"id": "a", "createdAt": "2026-01-02T03:04:05Z", "counts": {"QUEUED": 1}, "shared": []}
      """;

  private static Exchange exchange(
      String method, String path, String sent, int status, String type, String answer) {
    return new Exchange(
        method,
        URI.create("http://127.0.0.1/api/v1" + path),
        headers(sent.isEmpty() ? Map.of() : Map.of("Content-Type", List.of("application/json"))),
        sent,
        status,
        headers(Map.of("Content-Type", List.of(type), "Location", List.of("/api/v1/jobs/7"))),
        answer);
  }

  private static HttpHeaders headers(Map<String, List<String>> headers) {
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  private static void check(String method, String path, String sent, int status, String answer) {
    String type = status < 400 ? "application/json" : "application/problem+json";
    Contract.ours().check(exchange(method, path, sent, status, type, answer));
  }

  private static void job(String answer) {
    check("GET", "/jobs/7", "", 200, answer);
  }

  private static void submit(String sent) {
    check("POST", "/jobs", sent, 201, JOB);
  }

  @Test
  void whatIsDescribedIsFine() {
    assertThatCode(
            () -> {
              job(JOB);
              submit(EVALUATION);
              check("POST", "/sweeps/a/hold", "", 202, HELD);
              check("GET", "/jobs?state=QUEUED&limit=10", "", 200, page(JOB));
              Contract.ours().checkEvent("job", Json.MAPPER.readTree(JOB));
            })
        .doesNotThrowAnyException();
  }

  private static String page(String job) {
    return "{\"jobs\": [%s], \"total\": 1, \"counts\": {\"QUEUED\": 1}, \"held\": 0}"
        .formatted(job);
  }

  @Test
  void anAnswersFieldsAreExactlyThoseThatAreDescribed() {
    assertThatThrownBy(() -> job(JOB.replace("\"title\"", "\"name\"")))
        .hasMessageContaining("'title'")
        .hasMessageContaining("'name'");
    assertThatThrownBy(() -> job(JOB.replace("\"priority\": 0,", "")))
        .hasMessageContaining("'priority'");
    assertThatThrownBy(() -> job(JOB.replace("{\"id\"", "{\"colour\": 1, \"id\"")))
        .hasMessageContaining("'colour'");
    assertThatThrownBy(() -> job(JOB.replace("\"scrambleSeed\": 2", "\"stride\": 2")))
        .hasMessageContaining("/spec");
    assertThatThrownBy(
            () -> check("GET", "/jobs", "", 200, page(JOB.replace("\"id\": 7", "\"id\": \"7\""))))
        .hasMessageContaining("/jobs/0/id");
    assertThatThrownBy(() -> job(JOB.replace("2026-01-02T03:04:05Z", "yesterday")))
        .hasMessageContaining("/createdAt");
  }

  @Test
  void aComposedAnswersFieldsAre() {
    assertThatThrownBy(
            () -> check("POST", "/sweeps/a/hold", "", 202, HELD.replace("shared", "others")))
        .hasMessageContaining("'shared'")
        .hasMessageContaining("'others'");
    assertThatThrownBy(
            () -> check("POST", "/sweeps/a/hold", "", 202, HELD.replace("QUEUED", "WAITING")))
        .hasMessageContaining("WAITING");
  }

  @Test
  void anotherAnswerThanThoseThatAreDescribedIsNone() {
    assertThatThrownBy(() -> check("GET", "/jobs/7", "", 202, JOB))
        .hasMessageContaining("this status is not described");
    assertThatThrownBy(() -> check("GET", "/colours", "", 200, "{}"))
        .hasMessageContaining("is not described");
    assertThatThrownBy(() -> check("GET", "/jobs/7", "", 404, "{\"reason\": \"gone\"}"))
        .hasMessageContaining("'code'");
    assertThatThrownBy(
            () -> Contract.ours().check(exchange("GET", "/jobs/7", "", 200, "text/plain", "Job 7")))
        .hasMessageContaining("text/plain");
    assertThatThrownBy(() -> check("DELETE", "/jobs/7", "", 204, "{}"))
        .hasMessageContaining("a body is not described");
  }

  @Test
  void aRequestThatIsAcceptedIsDescribed() {
    assertThatThrownBy(() -> submit(EVALUATION.replace("run", "job")))
        .hasMessageContaining("'job'");
    assertThatThrownBy(() -> check("GET", "/jobs?colour=red", "", 200, page(JOB)))
        .hasMessageContaining("there is no parameter colour");
    assertThatThrownBy(() -> check("GET", "/jobs?limit=many", "", 200, page(JOB)))
        .hasMessageContaining("limit");
    String refused =
        """
        {"type": "about:blank", "title": "t", "status": 400, "code": "invalid-field",
         "field": "run", "detail": "d"}
        """;
    assertThatCode(() -> check("POST", "/jobs", "{\"kind\": 1}", 400, refused))
        .doesNotThrowAnyException();
  }

  @Test
  void anEventIsAsDescribed() {
    ObjectNode deleted = Json.MAPPER.createObjectNode().put("job", 7);
    assertThatCode(() -> Contract.ours().checkEvent("deleted", deleted)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Contract.ours().checkEvent("removed", deleted))
        .hasMessageContaining("is not described");
    JsonNode both = deleted.deepCopy().put("sweep", "a").put("at", "now");
    assertThatThrownBy(() -> Contract.ours().checkEvent("deleted", both))
        .hasMessageContaining("'at'");
  }

  /** YAML makes two keywords of a text with a comma in it. */
  @Test
  void aSchemaIsMadeOfKeywords() {
    JsonNode description = Contract.description();
    ObjectNode title = (ObjectNode) description.at("/components/schemas/Job/properties/title");
    title.set("as people read it", null);
    Exchange exchange = exchange("GET", "/jobs/7", "", 200, "application/json", JOB);
    assertThatThrownBy(() -> new Contract(description).check(exchange))
        .hasMessageContaining("as people read it");
  }
}
