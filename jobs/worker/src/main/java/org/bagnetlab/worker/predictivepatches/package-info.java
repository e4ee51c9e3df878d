/** Finds the patches in which networks see the most evidence. */
package org.bagnetlab.worker.predictivepatches;
