/** SQL statements for files that retention may remove, and files that it removed. */
package org.bagnetlab.storage.retention;
