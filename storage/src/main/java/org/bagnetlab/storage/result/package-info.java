/** SQL statements for the values that jobs measured. */
package org.bagnetlab.storage.result;
