package org.bagnetlab.worker;

import java.io.IOException;
import java.util.List;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.protocol.MeasuredSet;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.Split;
import org.bagnetlab.vision.network.Network;

/** Measures the network of an earlier run again, with another scrambling. */
final class EvaluateRun {

  private final Run run;
  private final JobSpec.Evaluate spec;
  private final Assignment.Subject subject;

  EvaluateRun(Run run, JobSpec.Evaluate spec, Assignment.Subject subject) {
    this.run = run;
    this.spec = spec;
    this.subject = subject;
  }

  void run() throws IOException {
    JobSpec.Train trained = subject.spec();
    SceneDataset dataset = run.dataset(trained);
    Split split = run.split(dataset, trained);
    Progress progress = new Progress(run.events());
    Measurement measurement = new Measurement(run, progress);
    try (Network network = run.network(subject, dataset)) {
      List<LoadedImages> parts =
          LoadedImages.of(dataset, List.of(split.validation(), split.test()), trained.imageSize());
      LoadedImages validation = parts.get(0);
      LoadedImages test = parts.get(1);
      progress.start(validation.count() + 2.0 * test.count());
      measurement.measure(network, MeasuredSet.VALIDATION, Phase.VALIDATING, validation);
      measurement.measure(network, MeasuredSet.TEST, Phase.TESTING, test);
      measurement.measure(
          network,
          MeasuredSet.SCRAMBLED,
          Phase.SCRAMBLING,
          test.changedBy(Explanation.scramble(spec.scrambleSeed())::apply));
      measurement.writePredictions(dataset);
    }
  }
}
