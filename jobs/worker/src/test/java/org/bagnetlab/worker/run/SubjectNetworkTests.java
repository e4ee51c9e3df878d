package org.bagnetlab.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.protocol.ArtifactFacts;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A network of a run is only measured on the images that it was trained with. */
@Timeout(120)
class SubjectNetworkTests {

  @TempDir private Path folder = Path.of("");
  private LearntNetwork learnt;

  @BeforeEach
  void train() throws IOException {
    learnt = LearntNetwork.in(folder, "bagnet9");
  }

  /** Of a training that read images of this checksum. */
  private void trainedOn(String checksum) throws IOException {
    Checkpoint.of(
            Map.of(ArtifactFacts.DATASET_CHECKSUM, checksum),
            Checkpoint.read(learnt.checkpoint()).weights())
        .write(
            learnt.checkpoint(),
            Architectures.named("bagnet9")
                .build(15, learnt.training().width(), learnt.training().imageSize()));
  }

  private SubjectNetwork network() throws IOException {
    NetworkSpec spec = new EvidenceExperiment().ofRun(1);
    return learnt
        .run(spec, new EvidenceExperiment(), new WrittenEvents(event -> {}), new Cancellation())
        .network(spec);
  }

  @Test
  void theSameImagesAreMeasured() throws Exception {
    trainedOn(new DatasetStore(folder).find("controlled-15").orElseThrow().checksum());
    try (SubjectNetwork network = network()) {
      assertThat(network.split().orElseThrow().test()).hasSize(1200);
    }
  }

  @Test
  void imagesThatReplacedThemAreNot() throws Exception {
    trainedOn("the checksum of others");
    assertThatExceptionOfType(InvalidJob.class)
        .isThrownBy(this::network)
        .withMessageContaining(
            "The data set 'controlled-15' has other images now than when this network was trained.");
  }
}
