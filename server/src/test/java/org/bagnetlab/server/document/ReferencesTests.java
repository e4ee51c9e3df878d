package org.bagnetlab.server.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.table.Html;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What documents say that follows from the contract and from the descriptions of experiments. */
@Timeout(60)
class ReferencesTests {

  private static final Path TREE = Path.of("..").toAbsolutePath().normalize();

  @TempDir static Path data;
  static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String get(String path) throws Exception {
    HttpResponse<String> page = server.sendUndescribed(path, HttpRequest.newBuilder().GET());
    assertThat(page.statusCode()).as(path).isEqualTo(200);
    return page.body();
  }

  @Test
  void everyOperationHasAnAddress() throws Exception {
    JsonNode contract = new YAMLMapper().readTree(get("/api/v1/openapi.yaml"));
    String page = get("/docs/api");
    int operations = 0;
    for (Map.Entry<String, JsonNode> path : contract.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (method.getValue().has("operationId")) {
          String name = method.getValue().path("operationId").asText();
          assertThat(page)
              .contains("id=\"%s\"".formatted(name.toLowerCase(Locale.ROOT)))
              .contains(
                  "<code>%s /api/v1%s</code>"
                      .formatted(method.getKey().toUpperCase(Locale.ROOT), path.getKey()));
          operations++;
        }
      }
    }
    assertThat(operations).isGreaterThan(50);
    contract
        .at("/components/schemas")
        .fieldNames()
        .forEachRemaining(
            name ->
                assertThat(page)
                    .contains("id=\"schema-%s\"".formatted(name.toLowerCase(Locale.ROOT))));
    contract
        .at("/components/responses/Problem/content/application~1problem+json/schema")
        .at("/properties/code/enum")
        .forEach(code -> assertThat(page).contains("<code>%s</code>".formatted(code.asText())));
  }

  @Test
  void everyExperimentHasAPage() throws Exception {
    for (Experiment<?> experiment : Experiments.all()) {
      String written = Files.readString(TREE.resolve(ExperimentReference.file(experiment.name())));
      for (String section : new String[] {"Method", "Formula", "Limits"}) {
        Matcher text =
            Pattern.compile("(?s)\n## %s\n(.*?)(\n## |$)".formatted(section)).matcher(written);
        assertThat(text.find()).as("%s of %s", section, experiment.name()).isTrue();
        assertThat(text.group(1).strip()).hasSizeGreaterThan(40);
      }
      assertThat(written).contains("\n## Formula\n").containsPattern("```\n[^`]+=[^`]+```");
      String page = get("/docs/experiments/" + experiment.name());
      assertThat(page).contains(Html.escaped(experiment.source().work()));
      for (Parameter<?> parameter : experiment.parameters()) {
        assertThat(page).contains("<code>%s</code>".formatted(parameter.option()));
      }
      for (Output output : experiment.outputs()) {
        assertThat(page).contains("<code>%s</code>".formatted(output.name()));
      }
    }
  }
}
