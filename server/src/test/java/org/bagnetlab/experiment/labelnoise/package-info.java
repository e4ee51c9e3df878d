/** The worked example of docs/adding-an-experiment.md: a parameter of trainings. */
package org.bagnetlab.experiment.labelnoise;
