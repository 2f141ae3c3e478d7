package net.sourceforge.jnlp;

import java.io.File;
import java.io.FileInputStream;

/** Tells what IcedTea-Web reads in each file of a folder: its name, its codebase, and all that would be loaded. */
public class Reader {
    public static void main(String[] folder) {
        for (File file : new File(folder[0]).listFiles((place, name) -> name.endsWith(".jnlp"))) {
            StringBuilder line = new StringBuilder("jnlp " + file.getName() + " ");
            try {
                JNLPFile read = new JNLPFile(new FileInputStream(file), null, new ParserSettings(false, true, true));
                line.append(read.getCodeBase());
                for (JARDesc jar : read.getResources().getJARs()) line.append(" ").append(jar.getLocation());
                for (ExtensionDesc one : read.getResources().getExtensions()) line.append(" ").append(one.getLocation());
            } catch (Exception error) {
                line.append("unreadable ").append(error.getClass().getSimpleName());
            }
            System.out.println(line);
        }
        System.exit(0);
    }
}
