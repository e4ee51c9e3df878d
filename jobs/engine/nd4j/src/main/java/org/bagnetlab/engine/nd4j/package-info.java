/**
 * The engines on ND4J: an executor for CPUs, and Deeplearning4j's ComputationGraph for GPUs and
 * double precision.
 */
package org.bagnetlab.engine.nd4j;
