package org.bagnetlab.worker.evaluate;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.evaluate.EvaluateExperiment;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.worker.run.Measurement;
import org.bagnetlab.worker.run.NetworkRunner;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Measures a network again, with another scrambling or on other images. */
public final class EvaluateRunner implements NetworkRunner {

  @Override
  public void run(NetworkSpec spec, Run run, SubjectNetwork subject) throws IOException {
    Optional<Split> own = subject.split().filter(split -> subject.onOwnTestImages(spec));
    List<SceneImage> images = subject.images(spec);
    List<LoadedImages> parts =
        LoadedImages.of(
            subject.dataset(),
            List.of(own.map(Split::validation).orElse(List.of()), images),
            subject.shape().imageSize());
    Measurement measurement = new Measurement(run, subject.outputs(run, spec));
    run.start(spec, subject.workload(parts.get(0).count(), parts.get(1).count()));
    if (own.isPresent()) {
      measurement.validation(subject.network(), parts.get(0));
    }
    measurement.test(subject.network(), parts.get(1));
    measurement.scrambled(
        subject.network(),
        parts.get(1),
        subject.scramble(spec.get(EvaluateExperiment.SCRAMBLE_SEED)));
    measurement.writePredictions(subject.dataset());
  }
}
