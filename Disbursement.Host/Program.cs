Console.WriteLine("disburse");
return 0;
