/**
 * The engines on ND4J: an executor for CPUs, and Deeplearning4j's ComputationGraph for the rest.
 */
@NullMarked
package org.bagnetlab.engine.nd4j;

import org.jspecify.annotations.NullMarked;
