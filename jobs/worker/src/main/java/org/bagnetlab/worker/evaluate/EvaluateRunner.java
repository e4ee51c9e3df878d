package org.bagnetlab.worker.evaluate;

import java.io.IOException;
import java.util.List;
import org.bagnetlab.experiment.evaluate.EvaluateExperiment;
import org.bagnetlab.experiment.evaluate.EvaluateSpec;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.worker.run.Measurement;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runner;
import org.bagnetlab.worker.run.TrainedNetwork;

/** Measures the network of an earlier run again, with another scrambling. */
public final class EvaluateRunner implements Runner<EvaluateSpec> {

  @Override
  public WorkerEvent.End run(EvaluateSpec spec, Run run) throws IOException {
    try (TrainedNetwork trained = run.trained()) {
      List<LoadedImages> parts =
          LoadedImages.of(
              trained.dataset(),
              List.of(trained.split().validation(), trained.split().test()),
              trained.training().imageSize());
      Measurement measurement = new Measurement(run);
      run.progress().start(new EvaluateExperiment().cost(spec, trained.workload()));
      measurement.validation(trained.network(), parts.get(0));
      measurement.test(trained.network(), parts.get(1));
      measurement.scrambled(trained.network(), parts.get(1), spec.scrambleSeed());
      measurement.writePredictions(trained.dataset());
    }
    return new WorkerEvent.Succeeded();
  }
}
