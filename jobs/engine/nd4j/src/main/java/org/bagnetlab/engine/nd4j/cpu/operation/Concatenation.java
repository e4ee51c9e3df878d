package org.bagnetlab.engine.nd4j.cpu.operation;

import java.util.List;
import java.util.Objects;
import org.bagnetlab.engine.nd4j.cpu.kernel.Block;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.jspecify.annotations.Nullable;

/**
 * Concatenates the channels of maps. The first map is computed in place if possible, so that a
 * chain of concatenations copies each map once.
 */
public final class Concatenation implements Operation {

  private final Crew crew;
  private final List<Value> inputs;
  private final Value output;
  private final float[][] blocks;
  private final boolean[] accumulates;
  private final @Nullable Value[] inputGradients;
  private @Nullable Value outputGradient;
  private boolean firstGradientLiesThere;

  public Concatenation(Crew crew, List<Value> inputs, Value output) {
    this.crew = crew;
    this.inputs = inputs;
    this.output = output;
    blocks = new float[crew.members()][Block.values(output.channels())];
    accumulates = new boolean[inputs.size()];
    inputGradients = new Value[inputs.size()];
  }

  @Override
  public void planForward(Timeline now) {
    inputs.forEach(now::needs);
    now.needs(output);
  }

  @Override
  public void planBackward(Timeline now, Gradients gradients) {
    outputGradient = gradients.of(output);
    now.needs(outputGradient);
    for (int i = 0; i < inputs.size(); i++) {
      Value input = inputs.get(i);
      accumulates[i] = gradients.isSet(input);
      if (i == 0 && input.contained() && !accumulates[i]) {
        firstGradientLiesThere = true;
        gradients.handOverFirstChannels(input, outputGradient);
      }
      Value gradient = gradients.target(input);
      now.needs(gradient);
      inputGradients[i] = gradient;
    }
  }

  @Override
  public void forward() {
    crew.together(this::forward);
  }

  private void forward(int member) {
    int from = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Value input = inputs.get(i);
      if (i > 0 || !input.contained()) {
        copy(input.map(), output.map().channels(from, input.channels()), false, member);
      }
      from += input.channels();
    }
  }

  @Override
  public void backward() {
    crew.together(this::backward);
  }

  private void backward(int member) {
    int from = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Value input = inputs.get(i);
      if (i > 0 || !firstGradientLiesThere) {
        copy(
            Objects.requireNonNull(outputGradient).map().channels(from, input.channels()),
            Objects.requireNonNull(inputGradients[i]).map(),
            accumulates[i],
            member);
      }
      from += input.channels();
    }
  }

  private void copy(FeatureMap from, FeatureMap to, boolean add, int member) {
    float[] block = blocks[member];
    int channels = from.channels();
    int most = block.length / channels;
    float[] more = add ? new float[block.length] : block;
    int end = crew.start(from.positions(), member + 1);
    for (int at = crew.start(from.positions(), member); at < end; ) {
      int count = Math.min(Math.min(most, end - at), Math.min(from.run(at), to.run(at)));
      from.read(at, count, block);
      if (add) {
        to.read(at, count, more);
        crew.loops().add(block, more, count * channels);
      }
      to.write(at, count, block);
      at += count;
    }
  }
}
