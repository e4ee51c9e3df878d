/** The common context of all runners: subject, outputs, progress and cancellation. */
package org.bagnetlab.worker.run;
