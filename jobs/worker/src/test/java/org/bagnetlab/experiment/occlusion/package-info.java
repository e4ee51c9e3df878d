/** The worked example of docs/adding-an-experiment.md: what can be asked for. */
package org.bagnetlab.experiment.occlusion;
