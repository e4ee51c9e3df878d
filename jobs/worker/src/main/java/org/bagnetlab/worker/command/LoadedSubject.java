package org.bagnetlab.worker.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.CheckpointFile;
import org.bagnetlab.vision.checkpoint.FittedWeights;
import org.bagnetlab.vision.checkpoint.NetworkFacts;
import org.bagnetlab.vision.dataset.image.ImageFile;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;

/**
 * A checkpoint and an image, read and checked before an engine is started for them.
 *
 * @param architecture the architecture for the checkpoint's classes and the size of the image
 * @param weights the checkpoint's weights
 * @param facts the checkpoint's metadata about its training
 * @param image the image
 */
record LoadedSubject(
    Architecture architecture, FittedWeights weights, NetworkFacts facts, Pixels image) {

  static LoadedSubject read(EngineRequest.Subject subject) throws IOException {
    CheckpointFile file = CheckpointFile.read(Path.of(subject.weights()));
    FittedWeights weights =
        FittedWeights.of(file, Architectures.named(subject.architecture()), subject.width());
    Architecture architecture = weights.architecture(subject.size());
    architecture.shapes();
    Pixels image = ImageFile.read(Path.of(subject.image()), subject.size());
    return new LoadedSubject(architecture, weights, NetworkFacts.in(file.metadata()), image);
  }

  Network network(Engine engine) {
    Network network = engine.compile(architecture, Optimiser.ADAM, 1);
    network.load(weights.values());
    return network;
  }

  /** Remarks for users about how the weights are used. */
  List<String> notes() {
    List<String> notes = new ArrayList<>(weights.notes());
    facts
        .imageSize()
        .filter(trained -> trained != image.width())
        .ifPresent(
            trained ->
                notes.add(
                    "The weights were trained on images of %d pixels, not %d: see --size."
                        .formatted(trained, image.width())));
    return notes;
  }

  /** The name of a class, if it is known. */
  Optional<String> className(int number) {
    return facts
        .classNames()
        .filter(names -> number < names.size())
        .map(names -> names.get(number));
  }
}
