/**
 * The interface between experiments and engines: a compiled network as used by training, evaluation
 * and heatmaps. The interface uses plain arrays, so that callers do not depend on the engine.
 */
package org.bagnetlab.vision.network;
