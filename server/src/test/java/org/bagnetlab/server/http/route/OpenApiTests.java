package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.QueueSetup;
import org.bagnetlab.queue.WorkerSetup;
import org.bagnetlab.queue.device.DeviceMeters;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.queue.device.QueueDevices;
import org.bagnetlab.queue.device.nvidia.Mps;
import org.bagnetlab.queue.launch.CommandLine;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.rule.JobPolicy;
import org.bagnetlab.queue.run.WorkerLimits;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.access.Access;
import org.bagnetlab.server.catalogue.VisionCatalogue;
import org.bagnetlab.server.dataset.DatasetImports;
import org.bagnetlab.server.device.DeviceMonitor;
import org.bagnetlab.server.device.DeviceOverview;
import org.bagnetlab.server.engine.WeightsImports;
import org.bagnetlab.server.events.EventChannel;
import org.bagnetlab.server.housekeeping.Housekeeping;
import org.bagnetlab.server.housekeeping.HousekeepingSettings;
import org.bagnetlab.server.http.guard.Guards;
import org.bagnetlab.server.metrics.LabMetrics;
import org.bagnetlab.server.results.run.Pooling;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.storage.database.Recovery;
import org.bagnetlab.storage.file.LabStorage;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.weights.WeightsStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The interface's description names every route, and no other. */
class OpenApiTests {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  /** Where main code makes a problem. */
  private static final Pattern CODE =
      Pattern.compile(
          "(?:(?:(?:Problem\\.of|refused)\\(\\s*[A-Z_0-9]+"
              + "|(?:super|new RequestRefused)\\(\\s*(?:RequestRefused\\.)?Reason\\.[A-Z_]+),"
              + "|Problem\\.(?:missing|refused)\\()\\s*\"([a-z-]+)\"");

  /** Made for fields, by the engine's process, for the kinds of uploads, and for removals. */
  private static final Set<String> OTHERS =
      Set.of(
          "invalid-field",
          "weights-refused",
          "weights-taken",
          "bundle-taken",
          "dataset-taken",
          "weights-needed",
          "dataset-needed");

  @TempDir Path data;

  @Test
  void theContractAndTheRoutesAgree() throws Exception {
    JsonNode contract;
    try (TestServer server = new TestServer(data)) {
      contract = new YAMLMapper().readTree(server.get("/api/v1/openapi.yaml").body());
      Set<String> described = described(contract);
      assertThat(described).isEqualTo(mounted());
      for (String route : described) {
        String[] parts = route.split(" ", 2);
        if (parts[1].equals("/events")) {
          continue;
        }
        HttpRequest.Builder request =
            HttpRequest.newBuilder().method(parts[0], HttpRequest.BodyPublishers.noBody());
        int status =
            server
                .send(
                    "/api/v1"
                        + parts[1]
                            .replace("{id}", "987654")
                            .replace("{name}", "none")
                            .replace("{file}", "none"),
                    request)
                .statusCode();
        JsonNode operation =
            contract.path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
        assertThat(operation.path("responses").has(Integer.toString(status)))
            .as("%s answers %d", route, status)
            .isTrue();
      }
    }
  }

  /** Scripts decide by these codes, so the contract has them all and no others. */
  @Test
  void allCodesOfProblemsAreDescribed() throws Exception {
    Set<String> codes = new TreeSet<>(OTHERS);
    for (Path module : List.of(Path.of(""), Path.of("..", "jobs", "queue"))) {
      try (Stream<Path> sources = Files.walk(module.resolve("src/main/java"))) {
        for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
          Matcher code = CODE.matcher(Files.readString(source));
          while (code.find()) {
            codes.add(code.group(1));
          }
        }
      }
    }
    Set<String> described = new TreeSet<>();
    Path contract = Path.of("src/main/resources/org/bagnetlab/server/openapi.yaml");
    new YAMLMapper()
        .readTree(contract.toFile())
        .at(
            "/components/responses/Problem/content/application~1problem+json/schema/properties/code/enum")
        .forEach(code -> described.add(code.asText()));
    assertThat(described).isEqualTo(codes);
  }

  private static Set<String> described(JsonNode contract) {
    Set<String> routes = new TreeSet<>();
    contract
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (METHODS.contains(method)) {
                            routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                          }
                        }));
    return routes;
  }

  /** The routes of an interface without devices. */
  private Set<String> mounted() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (LabStorage storage = LabStorage.open(data.resolve("routes"), Recovery.REFUSE)) {
      WorkerLauncher launcher = slot -> new CommandLine(List.of(), Map.of());
      DatasetStore datasets = new DatasetStore(storage.directory().datasets());
      WeightsStore weights = new WeightsStore(storage.directory().weights());
      Inputs inputs = new Inputs(datasets, weights, new VisionCatalogue(datasets, weights));
      JobQueue queue =
          TestServer.result(
              JobQueue.start(
                  vertx,
                  new QueueSetup(
                      storage,
                      inputs.catalogue(),
                      new WorkerSetup(
                          launcher,
                          new QueueDevices(List.of(), Optional.empty(), DeviceMeters.none()),
                          Optional.empty(),
                          List.of(),
                          JobPolicy.none(),
                          WorkerLimits.standard()),
                      Clock.systemUTC(),
                      System::nanoTime)));
      Published published = Published.read();
      Housekeeping housekeeping =
          new Housekeeping(
              vertx,
              storage.directory(),
              storage.database(),
              storage.artifacts(),
              HousekeepingSettings.standard(),
              Clock.systemUTC());
      Lab lab =
          new Lab(
              vertx,
              storage,
              new Work(
                  queue,
                  new DatasetImports(vertx, launcher, storage.directory(), Clock.systemUTC()),
                  new WeightsImports(vertx, launcher)),
              inputs,
              new Results(
                  vertx,
                  storage.database(),
                  storage.artifacts(),
                  datasets,
                  inputs.catalogue(),
                  published,
                  Pooling.BY_CODE),
              new Monitoring(
                  new DeviceOverview(
                      queue,
                      Devices.of(List.of()),
                      DeviceMonitor.of(
                          vertx, storage.database(), Devices.of(List.of()), Clock.systemUTC()),
                      Mps.of(Map.of())),
                  housekeeping,
                  EventChannel.open(vertx, "test"),
                  1,
                  LabMetrics.start(
                      vertx,
                      storage.database(),
                      queue,
                      housekeeping.disk(),
                      DeviceMonitor.of(
                          vertx, storage.database(), Devices.of(List.of()), Clock.systemUTC()))),
              Access.open());
      Set<String> routes = new TreeSet<>();
      Guards guards = new Guards(vertx, lab.access(), "test", storage.database(), request -> {});
      for (Route route : ApiRoutes.of(lab, guards.login()).getRoutes()) {
        String path = route.getPath().replaceAll(":(\\w+)", "{$1}");
        route.methods().forEach(method -> routes.add(method.name() + " " + path));
      }
      TestServer.result(queue.close());
      return routes;
    } finally {
      TestServer.result(vertx.close());
    }
  }
}
