package org.bagnetlab.server.http.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.server.catalogue.VisionCatalogue;
import org.bagnetlab.server.document.ApiReference;
import org.bagnetlab.server.document.ExperimentReference;
import org.bagnetlab.server.http.contract.OpenApi;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.weights.WeightsStore;

/**
 * Generates the parts of the documentation that are derived from the program's own descriptions.
 */
final class References {

  private References() {}

  /** The generated end of a document, as Markdown; empty if all of it is written by hand. */
  static String of(String file) throws IOException {
    // The documentation describes this version, not a lab, so no store is opened.
    Catalogue catalogue =
        new VisionCatalogue(new DatasetStore(Path.of("")), new WeightsStore(Path.of("")));
    if (file.equals(ApiReference.FILE)) {
      return ApiReference.of(OpenApi.of(catalogue));
    }
    Optional<Experiment<?>> experiment = ExperimentReference.of(file);
    return experiment.isPresent() ? ExperimentReference.text(experiment.get(), catalogue) : "";
  }
}
