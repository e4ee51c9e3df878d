package org.bagnetlab.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.catalogue.VisionCatalogue;
import org.bagnetlab.server.results.run.Pooling;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.server.results.view.View;
import org.bagnetlab.server.results.view.ViewForm;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.weights.WeightsStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SitePicturesTests {

  @TempDir Path data;

  /** Files may be lost, or removed to free space, after a view was computed. */
  @Test
  void aPictureWhoseFileIsGoneIsNotShownHoweverOftenAViewHasIt() throws Exception {
    Vertx vertx = Vertx.vertx();
    List<String> written = new ArrayList<>();
    try (DataDirectory directory = DataDirectory.open(data);
        Database database = Database.open(directory.database());
        ArtifactStore artifacts = new ArtifactStore(directory, database)) {
      DatasetStore datasets = new DatasetStore(directory.datasets());
      Results results =
          new Results(
              vertx,
              database,
              artifacts,
              datasets,
              new VisionCatalogue(datasets, new WeightsStore(directory.weights())),
              Published.read(),
              Pooling.BY_CODE);
      String entry =
          """
          {"image": "a.png", "class": "a", "imageUrl": "/api/v1/artifacts/4711", "heatmaps": []}
          """;
      WrittenView view =
          new WrittenView(
              View.find("receptive-field").orElseThrow(),
              Map.of(ViewForm.JSON, "{\"sameImage\": [%s, %s]}".formatted(entry, entry)));
      String page = new SitePictures(results, receiver(written)).read(List.of(view));
      assertThat(page).contains("<h3>a, a.png</h3>").doesNotContain("<img");
      assertThat(written).isEmpty();
    } finally {
      TestServer.result(vertx.close());
    }
  }

  private static Exported receiver(List<String> written) {
    return new Exported() {
      @Override
      public void step(String doing, int done, int total) {}

      @Override
      public void file(ExportForm form, String path, byte[] content) {
        written.add(path);
      }
    };
  }
}
