package org.bagnetlab.engine.nd4j.cpu.operation;

import java.util.Objects;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Image;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.jspecify.annotations.Nullable;

/**
 * The input as a feature map, for first layers that are no convolution of an image: the input of
 * the last layers of a network is the feature map of the layers before them.
 */
public final class InputMap implements Operation {

  private final Crew crew;
  private final Image image;
  private final Value output;
  private final Pass pass;
  private @Nullable Value outputGradient;

  public InputMap(Crew crew, Image image, Value output, Pass pass) {
    this.crew = crew;
    this.image = image;
    this.output = output;
    this.pass = pass;
  }

  @Override
  public void planForward(Timeline now) {
    now.needs(output);
  }

  @Override
  public void planBackward(Timeline now, Gradients gradients) {
    outputGradient = gradients.of(output);
    now.needs(outputGradient);
  }

  @Override
  public void forward() {
    crew.together(this::forward);
  }

  private void forward(int member) {
    FeatureMap to = output.map();
    int end = crew.start(to.positions(), member + 1);
    for (int at = crew.start(to.positions(), member); at < end; ) {
      int count = Math.min(end - at, to.run(at));
      to.write(at, count, image.values(), at * to.channels());
      at += count;
    }
  }

  @Override
  public void backward() {
    if (pass == Pass.INPUT_GRADIENT) {
      crew.together(this::backward);
    }
  }

  /** Sets the input's gradient, to which no other operation contributes. */
  private void backward(int member) {
    FeatureMap from = Objects.requireNonNull(outputGradient).map();
    int end = crew.start(from.positions(), member + 1);
    for (int at = crew.start(from.positions(), member); at < end; ) {
      int count = Math.min(end - at, from.run(at));
      from.read(at, count, image.gradientToAddTo(), at * from.channels());
      at += count;
    }
  }
}
