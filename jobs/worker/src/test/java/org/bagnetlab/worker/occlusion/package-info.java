/** The worked example of docs/adding-an-experiment.md: how it is done. */
package org.bagnetlab.worker.occlusion;
