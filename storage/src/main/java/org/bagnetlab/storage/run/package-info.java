/** The SQL of trainings and their epochs. */
package org.bagnetlab.storage.run;
