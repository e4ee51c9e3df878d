/**
 * The engines on ND4J: an executor for CPUs, and Deeplearning4j's ComputationGraph for the rest.
 */
package org.bagnetlab.engine.nd4j;
