package org.bagnetlab.worker.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.evaluation.Prediction;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.worker.engine.LocalEngine;

/**
 * A network's prediction for an image.
 *
 * @param architecture the network
 * @param width factor on its channel counts
 * @param size side length of the image in pixels
 * @param logits one for each class
 * @param probabilities one for each class
 * @param predicted index of the class with the largest logit
 * @param predictedClass its name, if the checkpoint contains it
 * @param notes remarks for users about how the weights were read
 */
record PredictionAnswer(
    String architecture,
    double width,
    int size,
    float[] logits,
    double[] probabilities,
    int predicted,
    Optional<String> predictedClass,
    List<String> notes) {

  static PredictionAnswer to(EngineRequest.Predict request) throws IOException {
    LoadedSubject subject = LoadedSubject.read(request.subject());
    Prediction prediction = prediction(subject);
    return new PredictionAnswer(
        request.subject().architecture(),
        subject.weights().width(),
        request.subject().size(),
        prediction.logits(),
        prediction.probabilities(),
        prediction.predicted(),
        subject.className(prediction.predicted()),
        subject.notes());
  }

  private static Prediction prediction(LoadedSubject subject) {
    try (Network network = subject.network(LocalEngine.start())) {
      float[][] logits = network.logits(Normalisation.of(subject.image()));
      return new Prediction("", 0, logits[0]);
    }
  }
}
