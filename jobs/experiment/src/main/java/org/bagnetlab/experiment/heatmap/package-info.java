/** Shows where a network sees the evidence for a class. */
package org.bagnetlab.experiment.heatmap;
