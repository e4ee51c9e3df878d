/** SQL statements for trainings and their epochs. */
package org.bagnetlab.storage.run;
