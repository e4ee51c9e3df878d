package org.bagnetlab.engine.nd4j.cpu.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bagnetlab.engine.nd4j.cpu.kernel.Block;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Loops;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Scratch;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;
import org.jspecify.annotations.Nullable;

/**
 * Performs all operations between two convolutions in one pass over memory: one or two maps, each
 * normalised or unchanged, are added, optionally followed by a ReLU. If the second map is larger
 * than the first, it is cropped at the bottom and right.
 */
public final class Join implements Operation {

  private final Crew crew;
  private final Loops loops;
  private final Pass pass;
  private final List<Term> terms = new ArrayList<>();
  private final boolean relu;
  private final Value output;
  private final Scratch[] scratch;
  private @Nullable Value host;
  private @Nullable Value outputGradient;

  /** One of the added maps. */
  private static final class Term {
    private final Value value;
    private final @Nullable Norm norm;
    private final boolean lastUse;
    private @Nullable Value gradient;
    private boolean accumulates;
    private boolean handedOver;
    private @Nullable FeatureMap part;

    Term(Value value, @Nullable Norm norm, boolean lastUse) {
      this.value = value;
      this.norm = norm;
      this.lastUse = lastUse;
    }

    /** The part of the map that contributes to the output. */
    FeatureMap part() {
      return Objects.requireNonNull(part);
    }

    Value gradient() {
      return Objects.requireNonNull(gradient);
    }
  }

  private static final class Scratch {
    private final float[] first;
    private final float[] second;
    private final float[] third;

    Scratch(int values) {
      first = new float[values];
      second = new float[values];
      third = new float[values];
    }
  }

  public Join(Crew crew, Pass pass, boolean relu, Value output) {
    this.crew = crew;
    this.loops = crew.loops();
    this.pass = pass;
    this.relu = relu;
    this.output = output;
    scratch = new Scratch[crew.members()];
    for (int member = 0; member < scratch.length; member++) {
      scratch[member] = new Scratch(Block.values(output.channels()));
    }
  }

  /**
   * Adds a map.
   *
   * @param lastUse whether this is the last operation that needs the map
   */
  public Join plus(Value value, @Nullable Norm norm, boolean lastUse) {
    terms.add(new Term(value, norm, lastUse));
    return this;
  }

  /**
   * Fuses this join into the operation that computes one of its terms. That operation then plans
   * the join's memory, and calls {@link #prepare} and {@link #apply(int, int, int)} for the values
   * that it has just computed, while they are in the cache. This is only done in evaluation mode.
   *
   * @return false if another operation reads the value, or if the value does not have the shape of
   *     the output
   */
  boolean canFuseInto(Value value) {
    boolean can =
        !pass.hasBackwardPass()
            && terms.stream().anyMatch(term -> term.value.equals(value) && canShareMemory(term));
    host = can ? value : null;
    return can;
  }

  @Override
  public void planForward(Timeline now) {
    for (Term term : terms) {
      now.needs(term.value);
    }
    if (!pass.hasBackwardPass()) {
      terms.stream()
          .filter(term -> host == null ? canShareMemory(term) : term.value.equals(host))
          .findFirst()
          .ifPresent(term -> output.replaces(term.value));
    }
    now.needs(output);
  }

  /** Whether the output can reuse the memory of a term. A backward pass would need both values. */
  private boolean canShareMemory(Term term) {
    return term.lastUse
        && !term.value.isElsewhere()
        && !term.value.contained()
        && !output.contained()
        && term.value.shape().equals(output.shape());
  }

  @Override
  public void planBackward(Timeline now, Gradients gradients) {
    Value above = gradients.of(output);
    outputGradient = above;
    now.needs(above);
    if (relu) {
      now.needs(output);
    }
    Term taker = taker(gradients, above);
    for (Term term : terms) {
      if (term.norm != null && pass == Pass.TRAINING) {
        now.needs(term.value);
      }
      term.accumulates = gradients.isSet(term.value);
      term.handedOver = term == taker;
      term.gradient =
          term.handedOver ? gradients.handOver(term.value, above) : gradients.target(term.value);
      now.needs(term.gradient);
    }
  }

  /**
   * The term whose gradient can share memory with the output's gradient: a term that is not
   * normalised, if there is one.
   */
  private @Nullable Term taker(Gradients gradients, Value above) {
    Term taker = null;
    for (Term term : terms) {
      boolean can =
          !above.contained()
              && !term.value.contained()
              && term.value.shape().equals(output.shape())
              && !gradients.isSet(term.value);
      if (can && (taker == null || term.norm == null)) {
        taker = term;
      }
    }
    return taker;
  }

  @Override
  public void forward() {
    prepare();
    if (pass == Pass.TRAINING) {
      for (Term term : terms) {
        if (term.norm != null) {
          term.norm.beginMeasuring(term.value.map());
        }
      }
      crew.together(this::measure);
      for (Term term : terms) {
        if (term.norm != null) {
          term.norm.endMeasuring(term.value.positions());
        }
      }
    }
    crew.together(this::apply);
  }

  /** Looks up the memory of the terms, and prepares the norms with running statistics. */
  void prepare() {
    FeatureMap out = output.map();
    for (Term term : terms) {
      term.part = term.value.map().cropped(out.height(), out.width());
      if (term.norm != null && pass != Pass.TRAINING) {
        term.norm.useRunningStatistics();
      }
    }
  }

  private void measure(int member) {
    for (Term term : terms) {
      if (term.norm != null) {
        int positions = term.value.positions();
        term.norm.measure(
            term.value.map(),
            crew.start(positions, member),
            crew.start(positions, member + 1),
            member);
      }
    }
  }

  private void apply(int member) {
    int positions = output.positions();
    apply(crew.start(positions, member), crew.start(positions, member + 1), member);
  }

  /** Computes a range of positions. */
  void apply(int from, int end, int member) {
    FeatureMap to = output.map();
    int channels = to.channels();
    Scratch mine = scratch[member];
    Term first = terms.get(0);
    @Nullable Term second = terms.size() > 1 ? terms.get(1) : null;
    for (int at = from; at < end; ) {
      int count = Math.min(Math.min(Block.positions(channels), end - at), to.run(at));
      count = Math.min(count, first.part().run(at));
      if (second != null) {
        count = Math.min(count, second.part().run(at));
      }
      int length = count * channels;
      float[] x = mine.first;
      first.part().read(at, count, x);
      if (second == null) {
        alone(x, length, first.norm);
      } else {
        scaled(x, length, first.norm);
        second.part().read(at, count, mine.second);
        scaled(mine.second, length, second.norm);
        if (relu) {
          loops.addAndRelu(x, mine.second, length);
        } else {
          loops.add(x, mine.second, length);
        }
      }
      to.write(at, count, x);
      at += count;
    }
  }

  private void alone(float[] x, int length, @Nullable Norm norm) {
    if (norm == null) {
      loops.relu(x, length);
    } else if (relu) {
      loops.scaleAndRelu(x, length, norm.a, norm.b);
    } else {
      loops.scale(x, length, norm.a, norm.b);
    }
  }

  private void scaled(float[] x, int length, @Nullable Norm norm) {
    if (norm != null) {
      loops.scale(x, length, norm.a, norm.b);
    }
  }

  @Override
  public void backward() {
    crew.together(this::collect);
    for (Term term : terms) {
      if (term.norm != null && pass == Pass.TRAINING) {
        term.norm.prepareBackward(term.value.positions());
      }
    }
    crew.together(member -> passOn(member, false));
    // This overwrites the output's gradient, so it must come last.
    crew.together(member -> passOn(member, true));
  }

  /** Sets the output's gradient to zero where the ReLU was inactive, and sums it for the norms. */
  private void collect(int member) {
    FeatureMap above = Objects.requireNonNull(outputGradient).map();
    FeatureMap out = output.map();
    int channels = out.channels();
    Scratch mine = scratch[member];
    for (Term term : terms) {
      if (term.norm != null && pass == Pass.TRAINING) {
        term.norm.beginGradient(member);
      }
    }
    boolean masksInMemory =
        output.type() == NumberType.BFLOAT16 && above.adjacent() && out.adjacent();
    int end = crew.start(out.positions(), member + 1);
    for (int at = crew.start(out.positions(), member); at < end; ) {
      int count = Math.min(Math.min(Block.positions(channels), end - at), out.run(at));
      count = Math.min(count, above.run(at));
      for (Term term : terms) {
        count = Math.min(count, term.part().run(at));
      }
      int length = count * channels;
      float[] g = mine.first;
      if (relu && masksInMemory) {
        loops.mask(above.memory(at), out.memory(at), length);
      }
      above.read(at, count, g);
      if (relu && !masksInMemory) {
        out.read(at, count, mine.second);
        loops.mask(g, mine.second, length);
        above.write(at, count, g);
      }
      for (Term term : terms) {
        if (term.norm != null && pass == Pass.TRAINING) {
          term.part().read(at, count, mine.second);
          term.norm.addGradient(g, mine.second, length, member);
        }
      }
      at += count;
    }
    for (Term term : terms) {
      if (term.norm != null && pass == Pass.TRAINING) {
        term.norm.endGradient(member);
      }
    }
  }

  private void passOn(int member, boolean inPlace) {
    for (Term term : terms) {
      if (term.handedOver == inPlace && (term.norm != null || !inPlace)) {
        passOn(term, member);
      }
    }
  }

  /**
   * Passes the gradient to a term. If the term's map is larger than the output, this is done row by
   * row, and the gradient is 0 outside of the output.
   */
  private void passOn(Term term, int member) {
    FeatureMap above = Objects.requireNonNull(outputGradient).map();
    FeatureMap from = term.value.map();
    FeatureMap to = term.gradient().map();
    int channels = from.channels();
    Scratch mine = scratch[member];
    boolean whole = from.height() == above.height() && from.width() == above.width();
    int end = start(from, whole, member + 1);
    for (int at = start(from, whole, member); at < end; ) {
      int count = Math.min(Block.positions(channels), end - at);
      count = Math.min(count, Math.min(from.run(at), to.run(at)));
      if (whole) {
        count = Math.min(count, above.run(at));
      } else {
        count = Math.min(count, from.width() - at % from.width());
      }
      int length = count * channels;
      readGradient(above, from, whole, at, count, mine.first);
      float[] result = mine.first;
      if (term.norm != null && pass == Pass.INPUT_GRADIENT) {
        // The result is written to another array, since another term may need the unchanged
        // gradient.
        result = mine.second;
        System.arraycopy(mine.first, 0, result, 0, length);
        loops.multiply(result, length, term.norm.a);
      } else if (term.norm != null) {
        result = mine.second;
        from.read(at, count, result);
        loops.combine(
            result,
            mine.first,
            length,
            term.norm.ofGradient,
            term.norm.ofValue,
            term.norm.constant);
      }
      if (term.accumulates) {
        to.read(at, count, mine.third);
        loops.add(result, mine.third, length);
      }
      to.write(at, count, result);
      at += count;
    }
  }

  /**
   * The first position of a thread's share; it is the start of a row if the map is larger than the
   * output.
   */
  private int start(FeatureMap map, boolean whole, int member) {
    return whole
        ? crew.start(map.positions(), member)
        : crew.start(map.images() * map.height(), member) * map.width();
  }

  private static void readGradient(
      FeatureMap above, FeatureMap from, boolean whole, int at, int count, float[] g) {
    if (whole) {
      above.read(at, count, g);
      return;
    }
    int row = at / from.width();
    int image = row / from.height();
    int column = at % from.width();
    int inside = 0;
    if (row % from.height() < above.height()) {
      inside = Math.max(0, Math.min(count, above.width() - column));
    }
    int channels = from.channels();
    if (inside > 0) {
      above.read(
          (image * above.height() + row % from.height()) * above.width() + column, inside, g);
    }
    Arrays.fill(g, inside * channels, count * channels, 0);
  }
}
