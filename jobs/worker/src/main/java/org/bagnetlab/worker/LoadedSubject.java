package org.bagnetlab.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.CheckpointFile;
import org.bagnetlab.vision.checkpoint.FittedWeights;
import org.bagnetlab.vision.checkpoint.NetworkFacts;
import org.bagnetlab.vision.dataset.ImageFile;
import org.bagnetlab.vision.dataset.Pixels;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;

/**
 * A checkpoint and an image, read and checked before an engine is started for them.
 *
 * @param architecture for the checkpoint's classes and the size of the image
 * @param weights the checkpoint's
 * @param classNames in the order of the logits, if the checkpoint knows them
 * @param image the image
 */
record LoadedSubject(
    Architecture architecture,
    FittedWeights weights,
    Optional<List<String>> classNames,
    Pixels image) {

  static LoadedSubject read(EngineRequest.Subject subject) throws IOException {
    CheckpointFile file = CheckpointFile.read(Path.of(subject.weights()));
    FittedWeights weights =
        FittedWeights.of(file, Architectures.named(subject.architecture()), subject.width());
    Architecture architecture = weights.architecture(subject.size());
    architecture.shapes();
    Pixels image = ImageFile.read(Path.of(subject.image()), subject.size());
    return new LoadedSubject(
        architecture, weights, NetworkFacts.in(file.metadata()).classNames(), image);
  }

  Network network(Engine engine) {
    Network network = engine.compile(architecture, Optimiser.ADAM, 1);
    network.load(weights.values());
    return network;
  }

  /** The name of a class, if it is known. */
  Optional<String> className(int number) {
    return classNames.filter(names -> number < names.size()).map(names -> names.get(number));
  }
}
