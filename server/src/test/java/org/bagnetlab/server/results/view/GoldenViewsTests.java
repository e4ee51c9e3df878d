package org.bagnetlab.server.results.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The views of a lab whose trainings differ in most of their settings, as CSV, to see what a change
 * of the code does to its numbers. Weights and precisions do not differ, and there are no analyses.
 * {@code -Dbagnetlab.update=true} writes the file again.
 */
class GoldenViewsTests {

  private static final Path FILE = Path.of("src/test/resources/golden/views.json");

  /** What distinguishes each group of trainings from the others, and their seeds. */
  private static final List<String> TRAININGS =
      List.of(
          "'architecture':'bagnet9','seed':[1,2,3]",
          "'architecture':'bagnet33','seed':[1,2,3]",
          "'architecture':'resnet50','seed':[1,2,3]",
          "'architecture':'densenet121','seed':[1]",
          "'architecture':'bagnet9','seed':[1,2],'trainImages':[2,4]",
          "'architecture':'bagnet9','seed':[1,2],'sparsity':[0.01,0.5]",
          "'architecture':'bagnet33','seed':[1,2],'imageSize':[96]",
          "'architecture':'bagnet33','seed':[1],'width':[0.5]",
          "'architecture':'bagnet33','seed':[4],'batchSize':[32]",
          "'architecture':'bagnet33','seed':[4],'duplicates':['leave-out']",
          "'architecture':'resnet50','seed':[5],'recipe':['report'],'imageSize':[64]",
          "'architecture':'resnet50','seed':[5],'epochs':[7]",
          "'architecture':'resnet50','seed':[5],'batchSize':[8],'learningRate':[0.01]",
          "'architecture':'resnet50','seed':[5],'batchSize':[8]",
          "'architecture':'resnet50','seed':[5,6],'learningRate':[0.01]",
          // Its receptive field is the whole image of 64 pixels, and not that of 96.
          "'architecture':'resnet50_1x1_stages3to4','seed':[1],'imageSize':[64,96]");

  @Test
  @Timeout(300)
  void everyViewShowsWhatItShowed(@TempDir Path data) throws Exception {
    ObjectNode views = Json.MAPPER.createObjectNode();
    try (TestServer server = new TestServer(data)) {
      trainAll(server);
      for (View<?> view : View.all()) {
        // That of runs has the times of day at which they ran.
        if (!view.path().equals("runs")) {
          String name = view.name() + ".csv";
          HttpResponse<String> csv = server.get("/api/v1/export/" + name);
          assertThat(csv.statusCode()).isEqualTo(200);
          views.put(name, csv.body());
        }
      }
      views.put("results", server.json("/results?limit=10000").toString());
    }
    if (Boolean.getBoolean("bagnetlab.update")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, views.toPrettyString() + "\n");
    }
    try (InputStream golden =
        Objects.requireNonNull(getClass().getResourceAsStream("/golden/views.json"))) {
      JsonNode then = Json.MAPPER.readTree(golden);
      assertThat(views.size()).isEqualTo(then.size());
      views
          .properties()
          .forEach(
              view ->
                  assertThat(view.getValue().asText())
                      .as(view.getKey())
                      .isEqualTo(then.path(view.getKey()).asText()));
    }
  }

  private static void trainAll(TestServer server) throws Exception {
    Set<Long> jobs = new HashSet<>();
    try (EventStream events = server.events("")) {
      int number = 0;
      for (String grid : TRAININGS) {
        HttpResponse<String> sweep =
            server.post(
                "/sweeps",
                """
                {"name":"golden-%d","base":{"dataset":"controlled-15"},"grid":{%s},
                 "then":[{"kind":"evidence"},{"kind":"scramble","grids":"2,4"}]}
                """
                    .formatted(++number, asGrid(grid).replace('\'', '"')));
        assertThat(sweep.statusCode()).as(sweep.body()).isEqualTo(201);
        Json.MAPPER.readTree(sweep.body()).path("jobs").forEach(job -> jobs.add(job.asLong()));
      }
      Set<Long> succeeded = new HashSet<>();
      while (!succeeded.equals(jobs)) {
        JsonNode job = events.await("job").data();
        assertThat(job.path("state").asText()).isNotEqualTo("FAILED");
        if (job.path("state").asText().equals("SUCCEEDED")) {
          succeeded.add(job.path("id").asLong());
        }
      }
    }
  }

  private static String asGrid(String settings) {
    return settings.replaceFirst("'architecture':'(\\w+)'", "'architecture':['$1']");
  }
}
