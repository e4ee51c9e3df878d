package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.cli.TerminalOfTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The predictions of networks for images, over HTTP and on the command line. */
@Timeout(120)
class PredictionRoutesTests {

  @TempDir private Path data = Path.of("");
  private TestServer server;
  private long run;
  private long other;

  @BeforeEach
  void train() throws Exception {
    server = new TestServer(data);
    try (EventStream events = server.events("")) {
      run = server.train("bagnet9", 1);
      other = server.train("resnet50", 1);
      events.await(other, "SUCCEEDED");
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String path(String query) {
    return "/runs/%d/predictions%s".formatted(run, query);
  }

  private void assertProblem(String query, int status, String code, String detail)
      throws Exception {
    HttpResponse<String> answer = server.get("/api/v1" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode problem = Json.MAPPER.readTree(answer.body());
    assertThat(problem.path("code").asText()).isEqualTo(code);
    assertThat(problem.path("detail").asText()).contains(detail);
  }

  @Test
  void aPageHasImagesWithProbabilities() throws Exception {
    JsonNode page = server.json(path(""));
    assertThat(page.path("dataset").asText()).isEqualTo("controlled-15");
    // The worker of these tests measures images of another checksum.
    assertThat(page.path("pictured").asBoolean()).isFalse();
    assertThat(page.path("images").asInt()).isEqualTo(2);
    assertThat(page.path("wrong").asInt()).isEqualTo(1);
    assertThat(page.path("predictions")).hasSize(2);
    JsonNode wrong = server.json(path("?right=false&class=a&predicted=b&top=1"));
    assertThat(wrong.path("total").asInt()).isEqualTo(1);
    JsonNode image = wrong.path("predictions").get(0);
    assertThat(image.path("image").asText()).isEqualTo("test/b.png");
    assertThat(image.path("set").asText()).isEqualTo("test");
    // Logits 0 and 1.
    assertThat(image.path("probability").asDouble()).isEqualTo(Math.E / (1 + Math.E));
    assertThat(image.path("top")).hasSize(1);
    assertThat(image.at("/top/0/class").asText()).isEqualTo("b");
  }

  @Test
  void imagesThatAllRunsGetWrong() throws Exception {
    JsonNode page = server.json(path("?set=all&order=image&right=false&alsoWrong=" + other));
    assertThat(page.path("wrong").asInt()).isEqualTo(1);
    assertThat(page.at("/predictions/0/others/0/run").asLong()).isEqualTo(other);
    assertThat(page.at("/predictions/0/others/0/predicted").asText()).isEqualTo("b");
    assertThat(server.json(path("?set=scrambled")).path("images").asInt()).isZero();
  }

  @Test
  void theyAreLinesForProgramsWithThoseOfOtherRuns() throws Exception {
    HttpResponse<String> csv =
        server.send(
            "/api/v1" + path("?alsoWrong=" + other + "&order=image&limit=5000"),
            HttpRequest.newBuilder().header("Accept", "text/csv").GET());
    assertThat(csv.statusCode()).as(csv.body()).isEqualTo(200);
    assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
    assertThat(csv.headers().firstValue("X-Total-Count")).hasValue("1");
    assertThat(csv.body().lines())
        .containsExactly(
            "run,dataset,image,set,class,predicted,probability,classProbability,"
                + "predictedByRun%1$d,probabilityOfRun%1$d".formatted(other),
            "%d,controlled-15,test/b.png,test,a,b,%s,%s,b,%s"
                .formatted(run, Math.E / (1 + Math.E), 1 / (1 + Math.E), Math.E / (1 + Math.E)));
  }

  @Test
  void aWrongParameterIsNamed() throws Exception {
    assertProblem(path("?set=train"), 400, "invalid-field", "Known: test, scrambled, validation");
    assertProblem(path("?right=maybe"), 400, "invalid-field", "true or false");
    assertProblem(path("?order=age"), 400, "invalid-field", "confidence, image");
    assertProblem(path("?alsoWrong=1,x"), 400, "invalid-field", "alsoWrong must be the numbers");
    assertProblem(path("?limit=0"), 400, "invalid-field", "limit");
    assertProblem(path("?class=c"), 400, "invalid-field", "no class 'c'. Known: a, b.");
    assertProblem(path("?predicted=c"), 400, "invalid-field", "no class 'c'. Known: a, b.");
    assertProblem(path("?alsoWrong=99"), 404, "predictions-not-found", "Job 99 stored");
    assertProblem("/runs/99/predictions", 404, "job-not-found", "99");
  }

  @Test
  void lostPredictionsAreSaidToBeLost() throws Exception {
    Files.delete(data.resolve("artifacts").resolve(run + "/predictions.json"));
    assertProblem(path(""), 410, "artifact-lost", "predictions.json");
  }

  @Test
  void theyArePrinted() throws Exception {
    String address = server.at("/").toString();
    try (TerminalOfTests terminal = new TerminalOfTests()) {
      String number = String.valueOf(run);
      assertThat(terminal.run("predictions", number, "--server", address)).isZero();
      assertThat(terminal.said())
          .contains(
              "Run %d on controlled-15: 1 of 2 images wrong.".formatted(run),
              "  0.731  test/a.png  a\n",
              "  0.731  test/b.png  a, predicted as b\n");
      assertThat(
              terminal.run(
                  "predictions",
                  number,
                  "--wrong",
                  "--class",
                  "a",
                  "--also-wrong-in",
                  String.valueOf(other),
                  "--json",
                  "--server",
                  address))
          .isZero();
      JsonNode page = Json.MAPPER.readTree(terminal.said());
      assertThat(page.path("total").asInt()).isEqualTo(1);
      assertThat(terminal.run("predictions", number, "--format", "csv", "--server", address))
          .isZero();
      assertThat(terminal.said().lines()).hasSize(3).first().asString().startsWith("run,dataset,");
      assertThat(terminal.run("predictions", number, "--set", "none", "--server", address))
          .isEqualTo(2);
      assertThat(terminal.said()).contains("There is no set 'none'");
    }
  }
}
